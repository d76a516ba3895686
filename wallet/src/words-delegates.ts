/** The texts of delegating (代办). zh-CN is the source. */
import { type Catalogue, defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  'delegate.title': '委托他人代办',
  'delegate.intro':
    '对方用自己的证照夹代您出示，只限您选的事项、内容和期限。窗口会同时看到您和代办人是谁。',
  'delegate.none': '先请代办人在证照夹的“扫一扫”页面打开“代办码”，您扫他的码，就可以委托。',
  'delegate.scan': '去扫代办码',
  'delegate.no-licence':
    '没有可以委托的证照：要在有效期内、有事项会用到，并且还有备用的副本。请向发证机关重新领取后再试。',
  'delegate.name': '代办人姓名',
  'delegate.name.hint': '只给您自己看，方便以后收回。',
  'delegate.name.missing': '请写上代办人的姓名。',
  'delegate.licence': '用哪一张证照',
  'delegate.matter': '办什么事',
  'delegate.claims': '让代办人出示',
  'delegate.claims.hint': '只列出这件事可以查看的内容。',
  'delegate.end': '最后一天',
  'delegate.end.hint': '到 {day} 为止都可以，最长 90 天。',
  'delegate.end.wrong': '请选今天到 {day} 之间的一天。',
  'delegate.agree': '同意委托',
  'delegate.failed': '没有委托',
  'delegate.note': '会记入您的记录。改主意了，可以在证照页面随时收回。',
  'delegate.made': '请代办人扫这个码',
  'delegate.made.hint': '对方在证照夹里点“扫一扫”收下。只有对方的证照夹能用它，别人拍下也没有用。',
  'delegate.made.done': '完成',
  'delegate.qr': '委托码',

  'code.title': '代办码',
  'code.text': '请委托您的人用证照夹扫这个码。码里没有您的任何资料，只有这张证照的密钥编号。',
  'code.copy': '或把这行文字发给对方：',
  'code.licence': '代办时用来说明您是谁',
  'code.none': '代办要有一张写着您姓名的本人证照，例如居民身份电子证照。请先领取。',
  'code.open': '我来代办：出示代办码',

  'entrusted.title': '收下委托',
  'entrusted.checking': '正在核对委托…',
  'entrusted.none': '没有打开的委托。请扫描委托人的委托码。',
  'entrusted.refused': '不能收下',
  'entrusted.from': '委托人',
  'entrusted.licence': '证照',
  'entrusted.matter': '事项',
  'entrusted.claims': '可以出示',
  'entrusted.until': '最后一天',
  'entrusted.keep': '收下',
  'entrusted.kept': '已收下',
  'entrusted.kept.text': '到窗口扫请求码时，选“代人作答”。委托会保存在您的这张证照里。',
  'entrusted.home': '好的',

  'act.offer': '这件事您受人委托，可以代人作答：',
  'act.choose': '代{name}作答',
  'act.title': '代人作答',
  'act.you': '窗口会看到您是谁',
  'act.you.text': '{type}：{name}',
  'act.theirs': '代{name}出示',
  'act.agree': '同意代为出示',
  'act.back': '改用自己的证照',

  'list.given': '委托他人代办',
  'list.given.item': '{name}：{matter}，到 {day}',
  'list.taken': '已于 {moment} 收回',
  'list.ended': '已过期',
  'list.take': '收回',
  'list.taking': '正在收回…',
  'list.take.failed': '没有收回',
  'list.take.note': '收回要联网；之后更新过数据的窗口就不再接受。',
  'list.kept': '受人委托',
  'list.kept.item': '{holder}的{type}：{matter}，到 {day}',
  'list.drop': '删除',
  unnamed: '委托人',
} as const

/** A key of these texts. */
export type DelegateMessage = keyof typeof zh

const en: Record<DelegateMessage, string> = {
  'delegate.title': 'Let somebody go for you',
  'delegate.intro':
    'They show it for you with their own wallet, for the matter, the facts and the days you choose. The counter sees who you are and who they are.',
  'delegate.none':
    'First let them open their “delegate code” on the scan page of their wallet; scan it, and you can let them go.',
  'delegate.scan': 'Scan their code',
  'delegate.no-licence':
    'There is no licence to let: it has to be in force, of use for a matter, and have a copy to spare. Receive it again from the agency.',
  'delegate.name': 'Their name',
  'delegate.name.hint': 'For you alone, to find it again.',
  'delegate.name.missing': 'Write their name.',
  'delegate.licence': 'Which licence',
  'delegate.matter': 'For which matter',
  'delegate.claims': 'They may show',
  'delegate.claims.hint': 'Only what this matter may ask is listed.',
  'delegate.end': 'Last day',
  'delegate.end.hint': 'Until {day} at most; never more than 90 days.',
  'delegate.end.wrong': 'Choose a day from today to {day}.',
  'delegate.agree': 'Let them',
  'delegate.failed': 'Not done',
  'delegate.note':
    'It is put on your record. You can take it back at any time on the licence’s page.',
  'delegate.made': 'Let them scan this code',
  'delegate.made.hint':
    'They press “Scan” in their wallet and keep it. Only their wallet can use it; a photograph of it is of no use.',
  'delegate.made.done': 'Done',
  'delegate.qr': 'Delegation',

  'code.title': 'Delegate code',
  'code.text':
    'Let whoever you go for scan this with their wallet. It says nothing of you: it is the number of a key.',
  'code.copy': 'Or send them this line:',
  'code.licence': 'Says who you are at the counter',
  'code.none':
    'To go for somebody you need a licence of your own with your name, such as the resident identity. Receive it first.',
  'code.open': 'I go for somebody: show my delegate code',

  'entrusted.title': 'Keep a delegation',
  'entrusted.checking': 'Checking it…',
  'entrusted.none': 'No delegation is open. Scan the code of whoever you go for.',
  'entrusted.refused': 'It cannot be kept',
  'entrusted.from': 'From',
  'entrusted.licence': 'Licence',
  'entrusted.matter': 'Matter',
  'entrusted.claims': 'You may show',
  'entrusted.until': 'Last day',
  'entrusted.keep': 'Keep it',
  'entrusted.kept': 'Kept',
  'entrusted.kept.text':
    'At the counter scan its request and choose to answer for them. It is kept with this licence of yours.',
  'entrusted.home': 'Good',

  'act.offer': 'For this matter somebody let you answer:',
  'act.choose': 'Answer for {name}',
  'act.title': 'Answering for somebody',
  'act.you': 'The counter sees who you are',
  'act.you.text': '{type}: {name}',
  'act.theirs': 'Shown for {name}',
  'act.agree': 'Agree and show',
  'act.back': 'Use my own licences',

  'list.given': 'Let to others',
  'list.given.item': '{name}: {matter}, until {day}',
  'list.taken': 'Taken back {moment}',
  'list.ended': 'Over',
  'list.take': 'Take back',
  'list.taking': 'Taking back…',
  'list.take.failed': 'Not taken back',
  'list.take.note':
    'This needs the network; counters whose data are newer than that no longer accept it.',
  'list.kept': 'Let to you',
  'list.kept.item': '{type} of {holder}: {matter}, until {day}',
  'list.drop': 'Delete',
  unnamed: 'the holder',
}

const catalogue: Catalogue<DelegateMessage> = defineMessages<DelegateMessage>(zh, en)

/** Gives one of these texts in the current language. */
export const wd: Translate<DelegateMessage> = translator(catalogue)

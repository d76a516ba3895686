/** The texts of asking for licences. zh-CN is the source. */

import { defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  intro: '对方用证照夹扫码，看清是谁、为什么事、要看什么，同意后出示。两边都不需要网络。',
  'none.title': '本窗口还不能请对方出示',
  'none.text':
    '请对方出示，要以单位的名义签名。请先把本机登记为单位的窗口：在“设置”里申请，由单位管理员比对短码后确认。不登记也能核验对方主动出示的证照。',
  'none.action': '去登记',
  'no-matter.title': '登记里没有可办的事项',
  'no-matter.text':
    '本机代表{office}，但登记时没有指定事项，或事项目录里没有由本单位受理的。请管理员指定事项后重新登记；在此之前只能核验对方主动出示的证照。',
  'no-matter.action': '查看登记',
  matter: '事项',
  part: '办理',
  'part.whole': '整件事',
  materials: '请对方出示',
  'materials-hint': '只勾选这次要用的。同一种证照要求了第二份的，多半属于另一个人，默认不勾选。',
  claims: '{type}：{claims}',
  'claims.join': '、',
  others: '没有电子证照、另行提交的材料：{names}',
  purpose: '用途',
  'purpose-hint': '对方会看到这句话。',
  'purpose-first': '办理{name}',
  'purpose-wrong': '请用一行文字写明用途，最多 100 字。',
  'nothing-chosen': '请至少勾选一份材料。',
  show: '显示请求码',
  'show-online': '联网请求',
  'online.hint':
    '联网请求时，对方在网上作答，不用再扫作答码；其他厂商的钱包也能作答。双方都要能上网。',
  'trouble.not-enrolled': '本机的登记已不再有效，没有生成请求码。请到“设置”里查看。',
  'trouble.failed': '这次没有做成。请再试一次；仍不行请重新打开本页。',
  'trouble.no-network': '连不上服务器，没有发出请求。请检查网络，或改为显示请求码。',
  'trouble.refused': '服务器没有受理这个请求。',
  differs: '服务器签出的请求与所选的不一致，没有使用。',
  'code.title': '请对方扫这个码',
  'code.label': '请求码',
  'code.hint': '对方打开证照夹，点“扫一扫”。到时自动换新码，刚扫过的仍可作答。',
  'answer.title': '再读对方的作答码',
  'answer.checking': '正在核验作答…',
  'online.title': '请对方扫码，在网上作答',
  'online.over': '这次没有读到作答',
  'online.code-hint': '对方用证照夹“扫一扫”，或用手机相机扫。五分钟内有效。',
  'online.here': '在本机的证照夹打开',
  'online.other': '对方用其他厂商的钱包',
  'online.progress': '进度',
  'online.waiting': '等待对方查看并同意…',
  'online.wait-hint': '对方同意后，结果会自动显示在这里，请不要离开本页。',
  'online.unreached': '暂时连不上服务器，正在重试…',
  'online.checking': '已收到作答，正在核验…',
  'online.declined': '对方没有同意出示。',
  'online.expired': '这个请求已过期，对方没有作答。',
  'online.failed': '这个请求没有做成，请再请一次；仍不行请改为显示请求码。',
  'asked.title': '请求的内容',
  cancel: '取消请求',
  all: '请求的材料都已出示并核实。',
  'material.absent': '未出示',
  'material.hidden': '未出示的字段：{names}',
  unasked: '另有 {count} 份未要求的证照，已略去，不予采用。',
  delegate: '代办人',
  'delegate.text': '以下各项是委托人交给代办人出示的，只限这个事项和委托的期限。',
  'delegate.check': '来办的是代办人：请核对本人是否就是代办人证照上的人',
  'receipt.give': '给对方回执',
  again: '再请一次',
  leave: '返回扫码',
  'receipt.title': '请对方扫回执',
  'receipt.label': '收件回执码',
  'receipt.text': '对方在证照夹里点“扫描回执”，扫这个码留底。回执只写明收到了哪些项目，不含内容。',
  'receipt.done': '完成，下一位',
  'proof.title': '存入办件档案',
  'proof.text':
    '三个文件合起来，以后可以证明：本单位要求了什么、对方同意出示什么。作答文件含证照内容，本机不保存；请按档案规定保管。',
  'proof.text-online':
    '两个文件合起来，以后可以证明：对方出示了什么；请求文件中的事项、用途和要求的内容，对方的签名都已涵盖。作答文件含证照内容，本机不保存；请按档案规定保管。',
  'proof.request': '请求',
  'proof.answer': '作答',
  'proof.receipt': '回执',
} as const

/** A key of these texts. */
export type AskMessage = keyof typeof zh

const en: Record<AskMessage, string> = {
  intro:
    'The person scans with the wallet, sees who asks, for what, and what is wanted, and agrees. Neither side needs a network.',
  'none.title': 'This counter cannot ask yet',
  'none.text':
    'A request is signed in an office’s name. Enrol this device first: ask for it in the settings, and let the office’s administrator compare the short code. Licences that people show of their own accord can be checked without.',
  'none.action': 'Enrol',
  'no-matter.title': 'The enrolment names no matter',
  'no-matter.text':
    'This device speaks for {office}, but its enrolment names no matter, or none that is brought to this office. Ask the administrator to enrol it again with matters; until then it can only check licences that people show of their own accord.',
  'no-matter.action': 'See the enrolment',
  matter: 'Matter',
  part: 'For',
  'part.whole': 'the whole matter',
  materials: 'Asked for',
  'materials-hint':
    'Choose only what is needed now. A second licence of the same kind is mostly another person’s, so it is not chosen at first.',
  claims: '{type}: {claims}',
  'claims.join': ', ',
  others: 'Materials that are no licences, brought otherwise: {names}',
  purpose: 'Purpose',
  'purpose-hint': 'The person sees this sentence.',
  'purpose-first': 'For: {name}',
  'purpose-wrong': 'Say what it is for in one line of at most 100 characters.',
  'nothing-chosen': 'Choose at least one material.',
  show: 'Show the request',
  'show-online': 'Ask over the network',
  'online.hint':
    'Over the network the answer comes back by itself, with no second scan, and wallets of other makers can answer too. Both sides need a network.',
  'trouble.not-enrolled':
    'The enrolment of this device no longer counts, so no request was made. See the settings.',
  'trouble.failed': 'That did not work. Try again; if it fails again, load this page anew.',
  'trouble.no-network':
    'The server cannot be reached, so no request was sent. Check the network, or show the request as a code.',
  'trouble.refused': 'The server did not take this request. ',
  differs: 'The server signed another request than the one chosen here; it was not used.',
  'code.title': 'Let the person scan this code',
  'code.label': 'Request',
  'code.hint':
    'They open the wallet and press “Scan”. The code is renewed by itself; who scanned the one before can still answer.',
  'answer.title': 'Then read the answer',
  'answer.checking': 'Checking the answer…',
  'online.title': 'Let the person scan this and answer online',
  'online.over': 'No answer this time',
  'online.code-hint':
    'They press “Scan” in the wallet, or use the phone’s camera. Good for five minutes.',
  'online.here': 'Open in a wallet on this device',
  'online.other': 'They use another maker’s wallet',
  'online.progress': 'Progress',
  'online.waiting': 'Waiting for the person to look and agree…',
  'online.wait-hint': 'The result appears here by itself once they agree. Stay on this page.',
  'online.unreached': 'The server cannot be reached just now; trying again…',
  'online.checking': 'The answer is here; checking it…',
  'online.declined': 'They did not agree to show anything.',
  'online.expired': 'This request is over, and was not answered.',
  'online.failed':
    'This request did not work. Ask again; if it fails again, show the request as a code.',
  'asked.title': 'What is asked',
  cancel: 'Cancel',
  all: 'All that was asked was shown and is genuine.',
  'material.absent': 'Not shown',
  'material.hidden': 'Facts not shown: {names}',
  unasked: '{count} licences that were not asked for were left out and are not used.',
  delegate: 'Delegate',
  'delegate.text':
    'What follows was let to the delegate by its holders, for this matter and until the day they set.',
  'delegate.check': 'A delegate is here: is this the person whom the delegate’s licence names?',
  'receipt.give': 'Give a receipt',
  again: 'Ask again',
  leave: 'Back to scanning',
  'receipt.title': 'Let the person scan the receipt',
  'receipt.label': 'Receipt',
  'receipt.text':
    'They press “Scan the receipt” in the wallet and keep it. It says which items were received, never their contents.',
  'receipt.done': 'Done, next person',
  'proof.title': 'For the file of the case',
  'proof.text':
    'Together the three files prove later what this office asked and what the person agreed to show. The answer holds the facts themselves; this device does not keep it. Store it as your rules say.',
  'proof.text-online':
    'Together the two files prove later what the person showed; the matter, the purpose and all that was asked, as the request says them, are covered by the person’s own signature. The answer holds the facts themselves; this device does not keep it. Store it as your rules say.',
  'proof.request': 'Request',
  'proof.answer': 'Answer',
  'proof.receipt': 'Receipt',
}

/** These texts in both languages. */
export const askMessages: ReturnType<typeof defineMessages<AskMessage>> =
  defineMessages<AskMessage>(zh, en)

/** Gives one of these texts in the current language. */
export const ta: Translate<AskMessage> = translator(askMessages)

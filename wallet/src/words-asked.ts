/** The texts of an office's request: who asks for what, consent, answer, receipt. zh-CN is the source. */
import { type Catalogue, defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  'request.title': '请求出示证照',
  'request.checking': '正在核对是谁在请求…',
  'request.asks': '请您出示证照',
  'request.known': '已核实：信任名单内的单位，{device}',
  'request.matter': '事项',
  'request.purpose': '用途',
  'request.until': '答复期限',
  'request.until-value': '{time} 前',
  'request.over': '这次请求已过时。请让窗口换一个新码，再扫一次。',
  'request.again': '重新扫码',
  'request.none': '没有打开的请求。请扫描窗口的请求码。',
  'request.stale': '核验数据较旧（{age}更新），但请求方的身份仍可确认。',

  'want.shown': '对方会看到',
  'want.always': '编号、有效期、发证机关',
  'want.and-always': '以及{always}',
  'want.hidden': '不会看到',
  'want.join': '、',
  'want.nothing-hidden': '这张证照的其他内容都已在上面。',
  'want.absent': '对方要的 {names}，这张证照上没有。',
  'want.missing': '您的证照夹里没有这种证照。可以先出示其余的，窗口会告诉您怎样补。',
  'want.missing-type': '可用：{types}',
  'want.choose': '用哪一张',
  'want.none': '这一项不出示',
  'want.withheld': '这一项不出示。窗口会看到缺这一项，可能办不成。',
  'want.show-it': '出示这一项',

  'consent.agree': '同意出示 {count} 张证照',
  'consent.decline': '不同意',
  'consent.nothing': '没有选择要出示的证照。',
  'consent.what': '只出示上面列出的内容，只给这个单位，只用一次。不联网，会记入您的记录。',
  'consent.failed': '没有出示',
  'consent.working': '正在签名…',

  'refused.title': '已替您拒绝',
  'refused.over-asking': '要求超出规定',
  'refused.over-text':
    '办这件事只能查看规定的内容。这次多要了下面这些，证照夹不会出示，您也不必解释。',
  'refused.over-whole': '{type}（整张证照都不该要）',
  'refused.over-claims': '{type}：{claims}',
  'refused.over-next': '请让窗口只要规定的内容，再出一个新码。',
  'refused.nothing': '什么也没有出示。',
  'refused.by': '请求方',
  'refused.back': '知道了',

  'answer.title': '出示给{office}',
  'answer.qr': '作答码',
  'answer.hint': '把这个码对准窗口的摄像头，直到对方读完。',
  'answer.over': '时间到了，码已收起。对方若没有读到，请让窗口换一个新码。',
  'answer.receipt': '扫描回执',
  'answer.receipt-hint': '窗口读完后会给您一个回执码，扫下来作为凭据。',
  'answer.close': '关闭',
  'answer.shown': '出示的内容',

  'receipt.title': '扫描回执',
  'receipt.scan': '窗口收到后会显示回执码。扫下来，以后可以证明您出示过什么、给了谁。',
  'receipt.foreign': '这不是回执码：请扫描窗口显示的回执。',
  'receipt.paste': '或粘贴回执码的文字',
  'receipt.open': '核对',
  'receipt.checking': '正在核对回执…',
  'receipt.kept': '回执已核实并保存',
  'receipt.kept-text': '{office}于 {time} 收到。回执与您出示的内容一致。',
  'receipt.refused': '这份回执没有保存',
  'receipt.history': '查看记录',

  'record.consent': '同意出示给 {office}，用于“{purpose}”',
  'record.bound': '您的签名涵盖了这里的单位、事项、用途和要求的内容，对方事后不能改换。',
  'record.unproven': '这条记录来自备份，没有签名可以证明，只供参考。',
  'record.receipt': '回执已核实：对方于 {time} 收到',
  'record.unconfirmed': '回执是从备份恢复的，还没有核实。',
  'record.confirm': '核实回执',
  'record.no-receipt': '还没有回执。',
  'record.proof': '证明材料',
  'record.proof-text':
    '三个文件合起来可以证明：谁要求了什么、您出示了什么、对方收到了什么。作答文件含证照内容，请妥善保管。',
  'record.request': '请求',
  'record.answer': '作答',
  'record.receipt-file': '回执',
} as const

/** A key of these texts. */
export type AskedMessage = keyof typeof zh

const en: Record<AskedMessage, string> = {
  'request.title': 'A request for licences',
  'request.checking': 'Checking who asks…',
  'request.asks': 'asks for your licences',
  'request.known': 'Verified: an office of the trust list, {device}',
  'request.matter': 'Matter',
  'request.purpose': 'Purpose',
  'request.until': 'Answer',
  'request.until-value': 'before {time}',
  'request.over': 'This request is over. Ask the counter for a new code and scan again.',
  'request.again': 'Scan again',
  'request.none': 'No request is open. Scan the request of a counter.',
  'request.stale': 'Checking data are getting old (updated {age}), but who asks is still certain.',

  'want.shown': 'They will see',
  'want.always': 'number, validity, issuer',
  'want.and-always': 'and {always}',
  'want.hidden': 'They will not see',
  'want.join': ', ',
  'want.nothing-hidden': 'All that this licence states stands above.',
  'want.absent': 'They ask for {names}, which this licence does not state.',
  'want.missing':
    'You have no such licence in your wallet. You can show the others; the counter will tell you what to do.',
  'want.missing-type': 'What would serve: {types}',
  'want.choose': 'Which one',
  'want.none': 'Do not show this',
  'want.withheld':
    'This is not shown. The counter sees that it is missing, and may not be able to go on.',
  'want.show-it': 'Show this',

  'consent.agree': 'Agree: show {count}',
  'consent.decline': 'Do not agree',
  'consent.nothing': 'No licence is chosen.',
  'consent.what':
    'Only what stands above is shown, to this office only, and once. No network; it goes into your history.',
  'consent.failed': 'Nothing was shown',
  'consent.working': 'Signing…',

  'refused.title': 'Refused on your behalf',
  'refused.over-asking': 'They ask for too much',
  'refused.over-text':
    'For this matter only certain facts may be seen. The following goes beyond them: the wallet does not show it, and you owe no reason.',
  'refused.over-whole': '{type} (may not be asked at all)',
  'refused.over-claims': '{type}: {claims}',
  'refused.over-next': 'Ask the counter to ask for no more than the rules allow, with a new code.',
  'refused.nothing': 'Nothing was shown.',
  'refused.by': 'Asked by',
  'refused.back': 'Understood',

  'answer.title': 'Shown to {office}',
  'answer.qr': 'Answer',
  'answer.hint': 'Hold this code before the counter’s camera until it was read.',
  'answer.over':
    'Time is over and the code was put away. If it was not read, ask the counter for a new one.',
  'answer.receipt': 'Scan the receipt',
  'answer.receipt-hint': 'Then the counter gives you a receipt: scan it as your proof.',
  'answer.close': 'Close',
  'answer.shown': 'What is shown',

  'receipt.title': 'Scan the receipt',
  'receipt.scan':
    'The counter shows a receipt once it has your answer. Scan it: it proves later what you showed, and to whom.',
  'receipt.foreign': 'This is no receipt: scan the one that the counter shows.',
  'receipt.paste': 'Or paste the text of the receipt',
  'receipt.open': 'Check',
  'receipt.checking': 'Checking the receipt…',
  'receipt.kept': 'The receipt is genuine, and kept',
  'receipt.kept-text': '{office} received it at {time}. It says exactly what you showed.',
  'receipt.refused': 'This receipt was not kept',
  'receipt.history': 'See the history',

  'record.consent': 'Shown to {office}, for “{purpose}”',
  'record.bound':
    'Your signature covers the office, the matter, the purpose and what was asked; none of it can be changed later.',
  'record.unproven': 'This record came out of a backup, and no signature proves it.',
  'record.receipt': 'Receipt verified: received at {time}',
  'record.unconfirmed': 'Its receipt came out of a backup, and is not verified yet.',
  'record.confirm': 'Verify the receipt',
  'record.no-receipt': 'No receipt yet.',
  'record.proof': 'Proof',
  'record.proof-text':
    'Together the three files prove who asked for what, what you showed, and what they received. The answer holds the facts themselves: keep it safe.',
  'record.request': 'Request',
  'record.answer': 'Answer',
  'record.receipt-file': 'Receipt',
}

const catalogue: Catalogue<AskedMessage> = defineMessages<AskedMessage>(zh, en)

/** Gives one of these texts in the current language. */
export const wa: Translate<AskedMessage> = translator(catalogue)

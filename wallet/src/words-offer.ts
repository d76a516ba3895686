/** The texts of receiving: adding, the offer, its steps, the passcode. zh-CN is the source. */
import { type Catalogue, defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  'add.title': '扫一扫',
  'add.scan': '扫描发证机关的领取码来领取证照，或扫描窗口的请求码来出示。',
  'add.foreign':
    '这不是领取码、请求码、回执码或委托的码：请扫描发证机关、窗口或对方证照夹给的二维码。',
  'add.picture': '从图片中读取',
  'add.picture.none': '图片中没有领取码或请求码。请选择发证机关或窗口给的二维码图片或截图。',
  'add.picture.failed': '读码程序未能启动，请联网后重新打开此页。',
  'add.paste': '或粘贴链接或码的文字',
  'add.paste.label': '领取链接或请求码',
  'add.paste.hint': '短信或网页里以 {origin} 开头的链接',
  'add.open': '打开',

  'offer.title': '领取证照',
  'offer.from': '发证服务',
  'offer.issuers': '有权签发的机关',
  'offer.what': '将领取',
  'offer.unknownType': '证照',
  'offer.code': '领取码',
  'offer.code.digits': '{length} 位数字，由发证机关另行告知',
  'offer.code.any': '由发证机关另行告知',
  'offer.code.says': '发证服务的说明：',
  'offer.accept': '领取到本机',
  'offer.decline': '不领取',
  'offer.step.issuer': '正在连接发证服务…',
  'offer.step.keys': '正在生成签名密钥…',
  'offer.step.code': '正在核对领取码…',
  'offer.step.credentials': '正在领取证照…',
  'offer.step.checking': '正在核验证照真伪…',
  'offer.step.storing': '正在保存…',
  'offer.done.title': '已领取',
  'offer.done.text': '现在没有网络也能出示。',
  'offer.done.open': '查看证照',
  'offer.failed': '没有领取成功',
  'offer.nothingStored': '本机已有的内容没有变化。',

  'passcode.create.title': '设置口令',
  'passcode.create.text':
    '此浏览器不能直接保存密钥。请设置一个至少 6 位的口令，用来加密保存；出示时需要输入。忘记口令只能重新领取。',
  'passcode.use.title': '输入口令',
  'passcode.use.text': '签名密钥由您的口令加密保存。',
  'passcode.label': '口令',
  'passcode.confirm': '确定',
} as const

/** A key of receiving. */
export type OfferMessage = keyof typeof zh

const en: Record<OfferMessage, string> = {
  'add.title': 'Scan',
  'add.scan':
    'Scan the code of an agency to receive a licence, or the request of a counter to show yours.',
  'add.foreign':
    'This is no offer, request or receipt: scan the code of the agency or of the counter.',
  'add.picture': 'Read from a picture',
  'add.picture.none':
    'There is no code for receiving in this picture. Choose a picture or screenshot of the agency’s code.',
  'add.picture.failed': 'The code reader did not start. Open this page again when you are online.',
  'add.paste': 'Or paste the link or the text of a code',
  'add.paste.label': 'Link or request',
  'add.paste.hint': 'The link in the message or page, beginning with {origin}',
  'add.open': 'Open',

  'offer.title': 'Receive a licence',
  'offer.from': 'Issuing service',
  'offer.issuers': 'Agencies that may issue it',
  'offer.what': 'You will receive',
  'offer.unknownType': 'A licence',
  'offer.code': 'Code',
  'offer.code.digits': '{length} digits, given to you separately by the agency',
  'offer.code.any': 'Given to you separately by the agency',
  'offer.code.says': 'The issuing service says:',
  'offer.accept': 'Receive onto this device',
  'offer.decline': 'Do not receive',
  'offer.step.issuer': 'Connecting to the issuing service…',
  'offer.step.keys': 'Making signing keys…',
  'offer.step.code': 'Checking the code…',
  'offer.step.credentials': 'Receiving the licence…',
  'offer.step.checking': 'Checking that it is genuine…',
  'offer.step.storing': 'Storing…',
  'offer.done.title': 'Received',
  'offer.done.text': 'You can show it without a network from now on.',
  'offer.done.open': 'Open the licence',
  'offer.failed': 'The licence was not received',
  'offer.nothingStored': 'What is on this device did not change.',

  'passcode.create.title': 'Set a passcode',
  'passcode.create.text':
    'This browser cannot keep keys by itself. Set a passcode of at least 6 characters to encrypt them; you enter it when you show a licence. If you forget it, the licence must be received again.',
  'passcode.use.title': 'Enter your passcode',
  'passcode.use.text': 'The signing key is encrypted with your passcode.',
  'passcode.label': 'Passcode',
  'passcode.confirm': 'OK',
}

const catalogue: Catalogue<OfferMessage> = defineMessages<OfferMessage>(zh, en)

/** Gives a text of receiving in the current language. */
export const wo: Translate<OfferMessage> = translator(catalogue)

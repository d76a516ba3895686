/** The texts of the wallet's own part of the help. zh-CN is the source. */
import { type Catalogue, defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  'kept.licences': '证照和签名密钥',
  'kept.licences-where': '本机浏览器。设了口令就加密保存；密钥不能导出，也不离开这台设备。',
  'kept.licences-until': '直到您删除，或浏览器清除本网站的数据。',
  'kept.copies': '做好的加注件',
  'kept.copies-where': '本机浏览器，和证照在一起：用途、对象、期限和二维码，以便再次打印。',
  'kept.copies-until': '直到您删除那张证照。',
  'kept.history': '出示记录',
  'kept.history-where':
    '本机浏览器：时间、证照、项目名称、对象和用途。应窗口请求的，还留着请求、作答和回执作为证明，其中作答含证照内容；设了口令就加密保存。',
  'kept.history-until': '直到您删除。',
  'kept.receipts': '没有领完的证照',
  'kept.receipts-where': '本机浏览器：领取进度和为它生成的密钥，断网后可以接着领。',
  'kept.receipts-until': '领到后即删除；没有领完的，30 天后删除。',
  'kept.lock': '口令',
  'kept.lock-where': '口令本身不保存，只保存能验证它的数据和输错的次数。',
  'kept.lock-until': '直到您取消口令。',
  'kept.drafts': '没交的申请',
  'kept.drafts-where':
    '本机浏览器：问题的回答；没设口令时还有没保存的表单内容，不加密。设了口令就不存表单内容。',
  'kept.drafts-until': '开始办理或保存后即删除。',
  'kept.reports': '还没发出的举报',
  'kept.reports-where':
    '本机浏览器：核验结果、发证机关和时间，不含姓名号码。点了“举报”才有，发送这些内容。',
  'kept.reports-until': '联网发出后即删除。',
  'kept.trust': '核验数据',
  'kept.trust-where': '本机浏览器：发证机关名单和证照状态表，都是公开数据。',
  'kept.trust-until': '每次更新时替换。',
  'kept.settings': '设置和提示',
  'kept.settings-where':
    '本机浏览器：语言、字号、提示是否看过，以及一个数字：有过几张证照，用来发现数据被清除。',
  'kept.settings-until': '直到更改或清除。',
  'not-kept':
    '当面出示的实时码：内容和扫码方是谁都不保存。您的位置、备份的恢复码从不保存。出示、作答和制作加注件不联网，不上传任何内容。',

  'erase.one': '删除一张证照：打开证照，选最下方的“删除证照”。',
  'erase.history': '删除出示记录：打开“记录”，逐条删除或全部删除。',
  'erase.all': '清空证照夹：打开“设置”，选最下方的“清空证照夹”。',
  'erase.elsewhere': '导出的文件和打印的加注件在您或对方手里；加注件过了注明的日期就失效。',

  asked: '窗口请您出示时',
  'asked.how':
    '点“扫一扫”扫窗口的码。证照夹先核实请求方，再列出对方会看到什么、看不到什么；您同意之前什么也不出示，也可以只出示其中几项。',
  'asked.refused': '要求超出规定、不是名单内的单位、或已过时的请求，证照夹直接拒绝，不能强行通过。',
  'asked.delegate':
    '去不了窗口：请家人打开“扫一扫”里的代办码，您扫了选好事项、内容和期限，他就能用自己的手机代您出示；随时可以在证照页面收回。没有手机的老人，可请发证机关打印纸质证照，由本人或家人带去。',
  'asked.proof':
    '窗口读完后请扫回执。请求、作答、回执都在“记录”里，可以导出，以后能证明您出示过什么、给了谁。',

  refused: '对方核验没有通过时',
  'refused.again':
    '先看证照卡片上的状态；联网更新后，重新出示一次。二维码每 30 秒换一次，截图没有用。',
  'refused.state':
    '到期、暂停、吊销：请联系发证机关。灰色“无法核验”：请对方联网更新，或校正两边的时间。',

  phone: '手机丢了',
  'phone.locked': '设了口令，别人打不开；没有设，拿到手机的人可以出示您的证照，请立即报失。',
  'phone.move':
    '换手机：在旧手机上制作备份，在新手机上恢复，再登录发证机关把证照换过来，因为密钥不能搬走；旧手机上的同时失效，最后清空旧手机上的证照夹。',

  offline: '没有网络时',
  'offline.works': '证照夹打开过两次后，断网也能打开、出示、制作加注件、查看记录。',
  'offline.not': '领取证照、更新核验数据需要联网。状态太久没有核对时，卡片会写明“之后未再核对”。',

  lost: '证照不见了，或打不开',
  'lost.text':
    '浏览器可能清除了数据，或数据已损坏。证照本身仍然有效：有备份就先恢复，再向发证机关索取新的领取码。',
  'lost.prevent': '把证照夹添加到主屏幕，可以避免被浏览器清除。',
  'lost.guide': '怎样添加到主屏幕',
} as const

/** A key of these texts. */
export type WalletHelpMessage = keyof typeof zh

const en: Record<WalletHelpMessage, string> = {
  'kept.licences': 'Licences and signing keys',
  'kept.licences-where':
    'In this browser; encrypted once you set a passcode. The keys cannot be exported and never leave this device.',
  'kept.licences-until': 'Until you delete them, or the browser clears this site’s data.',
  'kept.copies': 'Copies made',
  'kept.copies-where':
    'In this browser, with the licence: purpose, recipient, last day and the code, to print it again.',
  'kept.copies-until': 'Until you delete that licence.',
  'kept.history': 'What was shown',
  'kept.history-where':
    'In this browser: time, licence, names of items, recipient and purpose. Of an answer to an office also request, answer and receipt as proof; the answer holds contents, and is encrypted once you set a passcode.',
  'kept.history-until': 'Until you delete it.',
  'kept.receipts': 'Licences not yet fully received',
  'kept.receipts-where':
    'In this browser: how far receiving got, and the keys made for it, so that it can go on after an interruption.',
  'kept.receipts-until':
    'Deleted once the licence is received, or 30 days after an attempt that was given up.',
  'kept.lock': 'Passcode',
  'kept.lock-where': 'Not kept itself: only data that can check it, and the number of wrong tries.',
  'kept.lock-until': 'Until you take the passcode away.',
  'kept.drafts': 'Applications not handed in',
  'kept.drafts-where':
    'In this browser: answers to questions and, without a passcode, form values that are not saved, in the open. With a passcode no values.',
  'kept.drafts-until': 'Deleted once the case is begun, or the form is saved.',
  'kept.reports': 'Reports not yet sent',
  'kept.reports-where':
    'In this browser, once you press “Report”: the result, the issuer and the time, no names or numbers. That is what is sent.',
  'kept.reports-until': 'Deleted when they are sent.',
  'kept.trust': 'Checking data',
  'kept.trust-where':
    'In this browser: the list of agencies and the status lists, all of them public.',
  'kept.trust-until': 'Replaced with each update.',
  'kept.settings': 'Settings and hints',
  'kept.settings-where':
    'In this browser: language, text size, which hints you have seen, and one number: how many licences were here, to notice when data are cleared.',
  'kept.settings-until': 'Until changed or erased.',
  'not-kept':
    'Of a live code neither its contents nor who scanned it are kept; where you were and the recovery code of a backup never are. Showing, answering and making copies use no network and send nothing.',

  'erase.one': 'One licence: open it and choose “Delete this licence” at the bottom.',
  'erase.history': 'The history: open “History” and delete single records or all of them.',
  'erase.all': 'Everything: open “Settings” and choose “Erase the wallet” at the bottom.',
  'erase.elsewhere':
    'Exported files and printed copies are in your hands or in others’; a copy ends with the day written on it.',

  asked: 'When a counter asks you',
  'asked.how':
    'Press “Scan” and scan its code. The wallet checks who asks, then lists what they would see and what not. Nothing is shown before you agree, and you can leave things out.',
  'asked.refused':
    'A request that asks for more than the rules allow, comes from no office of the list, or is too old is refused, and cannot be waved through.',
  'asked.delegate':
    'If you cannot go: let a relative open the delegate code on their scan page, scan it and choose matter, facts and days; they then show it for you with their own phone, and you can take it back on the licence’s page. For elders without a phone the agency prints the licence; they or a relative bring the sheet.',
  'asked.proof':
    'Scan the receipt once your answer was read. Request, answer and receipt are in “History” and can be exported: they prove later what you showed, and to whom.',

  refused: 'When a check is refused',
  'refused.again':
    'Look at the state on the card first; update while online and show the licence again. The code changes every 30 seconds: a screenshot is of no use.',
  'refused.state':
    'Expired, suspended, revoked: ask the agency. Grey, “cannot verify”: the other side should update, or one of the two clocks is wrong.',

  phone: 'A lost phone',
  'phone.locked':
    'With a passcode nobody else can open the wallet. Without one, whoever has the phone can show your licences: report the loss at once.',
  'phone.move':
    'A change of phones: make a backup on the old one and restore it on the new one, then sign in with the agency and move your licences, for keys cannot be moved; those on the old one are void then. Erase the wallet on the old one last.',

  offline: 'Without a network',
  'offline.works':
    'Once the wallet was opened twice it opens, shows, makes copies and lists the history without a network.',
  'offline.not':
    'Receiving a licence and updating the checking data need the network. A card says so when its state was not checked for too long.',

  lost: 'Licences are gone or cannot be opened',
  'lost.text':
    'The browser may have cleared the data, or they are damaged. The licences themselves are still valid: restore your backup if you have one, and ask the agency for a new code.',
  'lost.prevent': 'With the wallet on your Home Screen the browser does not clear it.',
  'lost.guide': 'How to add it to the Home Screen',
}

const catalogue: Catalogue<WalletHelpMessage> = defineMessages<WalletHelpMessage>(zh, en)

/** Gives one of these texts in the current language. */
export const wp: Translate<WalletHelpMessage> = translator(catalogue)

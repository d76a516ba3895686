/** The texts of the counter's own part of the help. zh-CN is the source. */

import { defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  'kept.records': '最近核验',
  'kept.records-where':
    '本机浏览器：时间、结果、证照名称、发证机关、隐去的姓名、出示方式；请对方出示的，还有事项、用途、出示了哪些项目及其摘要、请求和回执，不含内容。',
  'kept.records-until': '30 天后自动删除；可随时清除。',
  'kept.marks': '防重复出示的标记',
  'kept.marks-where': '本机浏览器：通过的实时码和作答的指纹，看不出是谁的。',
  'kept.marks-until': '一天。',
  'kept.reports': '还没发出的举报',
  'kept.reports-where':
    '本机浏览器：核验结果、发证机关和时间，不含姓名号码。点了“举报”才有，发送这些内容。',
  'kept.reports-until': '联网发出后即删除。',
  'kept.trust': '信任数据',
  'kept.trust-where': '本机浏览器：发证机关名单和证照状态表，都是公开数据。',
  'kept.trust-until': '每次更新时替换。',
  'kept.settings': '设置',
  'kept.settings-where':
    '本机浏览器：单位、接受的方式、摄像头、语言、字号；自助模式的退出码只存加盐散列。',
  'kept.settings-until': '直到更改或清除。',
  'not-kept': '完整的证照内容和照片不保存，关闭页面即消失；扫到的任何内容都不上传。',
  'erase.records': '“最近”页面 →“清除记录”。',
  'erase.exports': '导出的文件和打印的核验单在您手里，请自行销毁。',
  ask: '请对方出示',
  'ask.how':
    '在核验页选“请对方出示”，选事项和要看的材料，对方用证照夹扫码同意后，把作答码对准摄像头或扫码枪；最后请对方扫回执。都不需要网络。',
  'ask.who':
    '只有登记为单位窗口、且登记时指定了事项的设备才能请求；要求超出事项目录的，对方的证照夹会直接拒绝。',
  'ask.delegate':
    '来的是代办人时，照样请求：代办人用自己的证照夹作答，结果先写明代办人是谁，再列出委托人让他出示的内容。没有手机的老人，可以出示打印的纸质证照，或请家人代办。',
  'ask.late':
    '对方作答太慢：码每 4 分钟换一次，扫过旧码的仍有至少 1 分钟作答；过了时限请再扫新码。',
  keys: '只用键盘',
  'keys.scan': '扫码枪在任何页面都可以直接扫；Tab 键依次移动，Enter 键按下。',
  'keys.leave': '在结果页按 Esc 键返回扫码；焦点已在“下一个”按钮上，按 Enter 键也可以。',
  trouble: '扫不出来时',
  'trouble.paper': '请持证人把屏幕调亮，手机离镜头 15 至 25 厘米；纸质码压平，避开反光。',
  'trouble.wedge': '扫码枪没有反应：多半是中文输入法开着，请切换到英文输入。',
  'trouble.animated':
    '码在动：请一直对准，直到读完；用扫码枪时，请持证人改为手动逐帧，一帧一帧地扫。',
  'trouble.picture': '没有摄像头：可上传、拖入或粘贴二维码图片。',
  offline: '断网时',
  'offline.text':
    '本页打开过两次后，断网也能核验。结果写明数据截至何时；数据太旧时显示灰色，不会显示绿色。',
} as const

/** A key of these texts. */
export type HelpMessage = keyof typeof zh

const en: Record<HelpMessage, string> = {
  'kept.records': 'Recent checks',
  'kept.records-where':
    'In this browser: time, result, licence, issuer, hidden name, way of showing; of what was asked also matter, purpose, which items were shown with their digests, request and receipt, never the contents.',
  'kept.records-until': 'Deleted after 30 days, or when you erase them.',
  'kept.marks': 'Marks against repeated codes',
  'kept.marks-where':
    'In this browser: a fingerprint of each live code and answer that passed; it does not tell whose.',
  'kept.marks-until': 'One day.',
  'kept.reports': 'Reports not yet sent',
  'kept.reports-where':
    'In this browser, once you press “Report”: the result, the issuer and the time, no names or numbers. That is what is sent.',
  'kept.reports-until': 'Deleted when they are sent.',
  'kept.trust': 'Trust data',
  'kept.trust-where': 'In this browser: the list of issuers and the status lists, all public.',
  'kept.trust-until': 'Replaced with each refresh.',
  'kept.settings': 'Settings',
  'kept.settings-where':
    'In this browser: office, accepted ways, camera, language, text size; of a kiosk’s exit code only a salted hash.',
  'kept.settings-until': 'Until changed or erased.',
  'not-kept':
    'Whole licences and photos are not kept: they are gone when the page closes. Nothing that is scanned is sent anywhere.',
  'erase.records': 'Open “Recent” and choose “Erase records”.',
  'erase.exports': 'Exported files and printed notes are in your hands; destroy them yourself.',
  ask: 'Asking for licences',
  'ask.how':
    'Choose “Ask for licences” on the first page, then the matter and what is needed. The person scans and agrees; hold the answer to the camera or the hand scanner, and let them scan the receipt. No network is needed.',
  'ask.who':
    'Only a device that is enrolled for an office, with matters, can ask. What goes beyond the catalogue is refused by the person’s wallet.',
  'ask.delegate':
    'Where a delegate comes, ask as always: they answer with their own wallet, and the result first names them, then what the holder let them show. Elders without a phone show a printed licence, or a relative comes for them.',
  'ask.late':
    'The answer came late: the code changes every four minutes, and who scanned the one before has at least one more. After that, let them scan the new one.',
  keys: 'By keyboard alone',
  'keys.scan':
    'A hand scanner works on every page. Tab moves from one thing to the next, Enter presses.',
  'keys.leave':
    'Esc leaves a result for the next scan; Enter does too, as “Next” has the focus already.',
  trouble: 'When a code cannot be read',
  'trouble.paper':
    'Ask the holder to turn the screen up and hold it 15 to 25 cm from the lens; flatten paper and turn it away from lamps.',
  'trouble.wedge':
    'The hand scanner does nothing: most often a Chinese input method is on. Switch to English input.',
  'trouble.animated':
    'The code moves: hold the camera to it until all was read. With a hand scanner, ask for one frame at a time and scan each.',
  'trouble.picture': 'No camera: choose, drop or paste a picture of the code.',
  offline: 'Without a network',
  'offline.text':
    'Once this page was opened twice, it checks without a network. A result says as of when; when the data are too old it is grey, never green.',
}

/** These texts in both languages. */
export const helpMessages: ReturnType<typeof defineMessages<HelpMessage>> =
  defineMessages<HelpMessage>(zh, en)

/** Gives one of these texts in the current language. */
export const th: Translate<HelpMessage> = translator(helpMessages)

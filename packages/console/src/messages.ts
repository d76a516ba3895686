/** The texts of the console's frame. zh-CN is the source. */

import { defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  name: '一次办 · 办件平台',
  loading: '正在读取…',
  'failed.title': '没有读到',
  'failed.again': '重试',
  'sign-in.title': '工作人员登录',
  'sign-in.text': '请用本单位的统一身份登录。能看到和能办的，由您的岗位决定。',
  'sign-in.go': '去登录',
  'sign-in.hint': '离开座位前请退出；用印、终止证照和授权时会再次确认身份。',
  'sign-in.refused': '没有登录成',
  'sign-out': '退出',
  'anew.title': '请再确认一次身份',
  'anew.text': '这一步要求几分钟之内刚登录过。确认后回到本页，已填写的内容都在，再按一次即可。',
  'anew.go': '去确认身份',
  'agency.label': '代表单位',
  'agency.choose': '请选择单位',
  'agency.choose-text': '您在几个单位都有岗位。请在页首选择这次代表哪个单位。',
  'nothing.title': '这里没有可看的',
  'nothing.text': '您的岗位不包括本页。如有需要，请找本单位的管理人员授权。',
  'place.cases': '办件',
  'place.register': '证照',
  'place.orders': '变更',
  'place.batches': '批量',
  'place.seals': '印章',
  'place.feedback': '评价举报',
  'place.board': '看板',
  'place.staff': '人员',
  'place.log': '存证',
  'place.trust': '密钥',
  'place.account': '我的账号',
  archive: '保存归档包',
  'archive.title': '保存归档包？',
  'archive.text':
    '一个 ZIP 文件，含办理全过程、文件、验签报告和存证证明，有个人信息；保存即记入存证。日后用 onetrip verify 离线核验，请把信任根一并存档。',
  'archive.go': '保存',
  'table.more': '更早的',
  'table.reload': '刷新',
  'moment.on': '{day} {clock}',
} as const

/** A key of these texts. */
export type ConsoleMessage = keyof typeof zh

const en: Record<ConsoleMessage, string> = {
  name: 'OneTrip console',
  loading: 'Loading…',
  'failed.title': 'This could not be read',
  'failed.again': 'Try again',
  'sign-in.title': 'Staff sign-in',
  'sign-in.text':
    'Sign in with your organisation’s identity. Your roles decide what you see and do.',
  'sign-in.go': 'Sign in',
  'sign-in.hint':
    'Sign out when you leave your seat. Sealing, revoking and giving rights ask again who you are.',
  'sign-in.refused': 'You were not signed in',
  'sign-out': 'Sign out',
  'anew.title': 'Confirm who you are',
  'anew.text':
    'This step needs a sign-in of the last few minutes. You come back to this page with what you typed; then press once more.',
  'anew.go': 'Confirm',
  'agency.label': 'On behalf of',
  'agency.choose': 'Choose an organisation',
  'agency.choose-text':
    'You have roles in several organisations. Choose at the top for which one you act.',
  'nothing.title': 'Nothing to see here',
  'nothing.text': 'Your roles do not include this page. An administrator can give you one.',
  'place.cases': 'Cases',
  'place.register': 'Licences',
  'place.orders': 'Changes',
  'place.batches': 'Batches',
  'place.seals': 'Seals',
  'place.feedback': 'Feedback',
  'place.board': 'Board',
  'place.staff': 'Staff',
  'place.log': 'Log',
  'place.trust': 'Keys',
  'place.account': 'My account',
  archive: 'Save the archive package',
  'archive.title': 'Save the archive package?',
  'archive.text':
    'One ZIP file with what was done, the files, reports of their verification and proofs of the log; it holds personal data, and that it was saved is an entry of the log. Years later onetrip verify checks it without a server; keep the root beside it.',
  'archive.go': 'Save',
  'table.more': 'Older',
  'table.reload': 'Refresh',
  'moment.on': '{day}, {clock}',
}

/** These texts in both languages. */
export const consoleMessages: ReturnType<typeof defineMessages<ConsoleMessage>> =
  defineMessages<ConsoleMessage>(zh, en)

/** Gives one of these texts in the current language. */
export const tc: Translate<ConsoleMessage> = translator(consoleMessages)

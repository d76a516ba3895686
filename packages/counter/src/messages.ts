/** The counter's texts. zh-CN is the source. */

import { defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  name: '一次办 · 核验窗口',
  'place.ready': '核验',
  'place.recent': '最近',
  'place.settings': '设置',
  'place.help': '帮助',
  'ready.title': '请扫证照码',
  'ready.checking': '正在核验…',
  'ready.wedge': '扫码枪或粘贴',
  'ready.wedge-hint': '扫码枪可直接扫，光标不在框内也可以。',
  'ready.check': '核验',
  'ready.upload': '上传图片、PDF 或文件',
  'ready.drop': '也可以把图片或 PDF 拖到页面上，或直接粘贴。',
  'ready.check-failed': '这次没有核验成，请再扫一次；仍不行请重新打开本页。',
  'ready.storage-failed':
    '本机存不下核验记录：记录只留到关闭本页为止，关闭后重复的码也不再能发现。请清理本机空间。',
  'ready.reader-failed': '扫码组件未能载入，无法读取文件。请联网打开一次本页后重试。',
  'office.label': '本窗口单位',
  'office.none': '未选择',
  'office.hint': '未选择单位时，出具给特定单位的加注件不能通过。',
  'trust.title': '信任数据',
  'trust.fetched': '{age}更新，第 {version} 版',
  'trust.signed': '名单签发于 {age}',
  'trust.refresh': '更新',
  'trust.refreshing': '正在更新…',
  'trust.offline': '未能联网更新，继续使用已有数据。',
  'trust.refused': '收到的数据不可信，未采用（{code}）。',
  'trust.clock-ahead': '刚收到的数据按本机时间已过期：本机时间可能快了很多，请先校准。',
  'trust.empty': '还没有信任数据',
  'trust.empty-text': '首次使用需要联网一次，取得发证机关名单和证照状态；之后断网也能核验。',
  'trust.retry': '联网获取',
  'trust.loading': '正在准备…',
  'verdict.title': '核验结果',
  'verdict.choose-office': '本机尚未选择单位。请先在核验页选择本窗口单位，再扫一次。',
  'verdict.next': '下一个',
  'verdict.next-hint': '按 Esc 键或直接扫下一个码',
  'verdict.note': '核验单',
  'verdict.acknowledge': '已知悉，继续',
  'verdict.held-hint': '按 Esc 键确认后，才能扫下一个码',
  'verdict.held': '刚才扫的码未核验：请先确认本结果，再扫一次。',
  'ask.title': '请对方出示',
  'ask.hint': '选好事项，对方扫码同意后，一次读回所需的证照，并给对方回执',
  'document.title': '核验盖章文件',
  'document.leave': '返回扫码',
  'document.codes': '查找文件里的证照码',
  'recent.title': '最近核验',
  'recent.unknown': '无法读出证照',
  'settings.title': '设置',
  'note.title': '核验单',
  'help.title': '帮助',
  'later.failed': '本页未能载入。请联网打开一次后重试。',
  'ready.today': '今天 {count} 次',
  'ready.continuous': '连续核验：结果停留 {seconds} 秒，未通过的须先确认',
} as const

/** A key of the counter's texts. */
export type CounterMessage = keyof typeof zh

const en: Record<CounterMessage, string> = {
  name: 'OneTrip counter',
  'place.ready': 'Check',
  'place.recent': 'Recent',
  'place.settings': 'Settings',
  'place.help': 'Help',
  'ready.title': 'Scan a licence code',
  'ready.checking': 'Checking…',
  'ready.wedge': 'Hand scanner or paste',
  'ready.wedge-hint': 'A hand scanner works at any time, wherever the cursor is.',
  'ready.check': 'Check',
  'ready.upload': 'Choose a picture, PDF or file',
  'ready.drop': 'You can also drop a picture or PDF on the page, or paste it.',
  'ready.check-failed':
    'That scan was not checked. Scan again; if it fails again, load this page anew.',
  'ready.storage-failed':
    'This device cannot keep records of scans: they last until the page is closed, and a repeated code is not noticed after that. Free some space.',
  'ready.reader-failed':
    'The code reader could not be loaded. Open this page once with a network and try again.',
  'office.label': 'This counter’s office',
  'office.none': 'Not chosen',
  'office.hint': 'Until an office is chosen, copies made out to one cannot pass.',
  'trust.title': 'Trust data',
  'trust.fetched': 'refreshed {age}, version {version}',
  'trust.signed': 'list signed {age}',
  'trust.refresh': 'Refresh',
  'trust.refreshing': 'Refreshing…',
  'trust.offline': 'No network; the data already here stay in use.',
  'trust.refused': 'The data received could not be trusted and were not used ({code}).',
  'trust.clock-ahead':
    'Data just received are over by this device’s clock: it may be far ahead. Set it first.',
  'trust.empty': 'No trust data yet',
  'trust.empty-text':
    'The first use needs the network once, to fetch the list of issuers and the licences’ status. After that it works without.',
  'trust.retry': 'Fetch now',
  'trust.loading': 'Getting ready…',
  'verdict.title': 'Result',
  'verdict.choose-office':
    'No office is chosen on this device. Choose this counter’s office and scan again.',
  'verdict.next': 'Next',
  'verdict.next-hint': 'Press Esc, or simply scan the next code',
  'verdict.note': 'Note',
  'verdict.acknowledge': 'Understood, go on',
  'verdict.held-hint': 'Press Esc to acknowledge; then the next code is taken',
  'verdict.held': 'The code just scanned was not checked: acknowledge this result and scan again.',
  'ask.title': 'Ask for licences',
  'ask.hint':
    'Choose the matter; the person scans and agrees; read all licences at once, and give a receipt',
  'document.title': 'Check a sealed file',
  'document.leave': 'Back to scanning',
  'document.codes': 'Look for licence codes in it',
  'recent.title': 'Recent checks',
  'recent.unknown': 'no licence could be read',
  'settings.title': 'Settings',
  'note.title': 'Note',
  'help.title': 'Help',
  'later.failed': 'This page could not be loaded. Open it once with a network and try again.',
  'ready.today': '{count} today',
  'ready.continuous': 'Continuous: a result stays {seconds} seconds, a refusal until acknowledged',
}

/** The counter's texts in both languages. */
export const counterMessages: ReturnType<typeof defineMessages<CounterMessage>> =
  defineMessages<CounterMessage>(zh, en)

/** Gives a text of the counter in the current language. */
export const tc: Translate<CounterMessage> = translator(counterMessages)

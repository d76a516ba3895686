/** The texts of the history. zh-CN is the source. */
import { type Catalogue, defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  'history.title': '出示记录',
  'history.intro':
    '出示过什么、给了谁。只列项目名称，不列内容；应窗口请求的，作答码本身留作证明。只保存在这台设备上。',
  'history.trouble': '出示记录未能读取或更改',
  'history.empty.title': '还没有记录',
  'history.empty.text': '出示证照或制作加注件后，这里会留下记录。',
  'history.search': '查找',
  'history.search.hint': '证照名称、编号、单位、用途或项目',
  'history.found': '{count} 条记录',
  'history.none': '没有找到。',
  'history.more': '再显示 {count} 条',
  'history.live': '当面出示',
  'history.copy': '加注件',
  'history.delegation': '委托代办',
  'history.delegation.for': '委托 {recipient} 代办：{purpose}',
  'history.consent': '应窗口请求出示',
  'history.copy.for': '加注件：给 {recipient}，用于“{purpose}”',
  'history.claims': '出示的内容：{claims}',
  'history.claims.none': '只有证照编号、有效期和发证机关',
  'history.erase': '删除',
  'history.erase.label': '删除 {name} {moment} 的记录',
  'history.erased': '已删除一条记录。',
  'history.eraseAll': '全部删除',
  'history.eraseAll.title': '删除全部出示记录？',
  'history.eraseAll.text': '只删除这台设备上的记录。证照和加注件不受影响。',
  'history.eraseAll.confirm': '全部删除',
  'history.export': '导出',
  'history.export.hint': '导出的文件没有加密，请妥善保管。',
  'history.export.csv': '导出表格（CSV）',
  'history.export.json': '导出 JSON',
  'history.file': '出示记录',
  'history.column.time': '时间',
  'history.column.kind': '方式',
  'history.column.licence': '证照',
  'history.column.number': '编号',
  'history.column.claims': '出示的内容',
  'history.column.recipient': '对象',
  'history.column.purpose': '用途',
  'history.column.proof': '备注',
  'history.unproven': '来自备份，未经证实',
} as const

/** A key of the history. */
export type HistoryMessage = keyof typeof zh

const en: Record<HistoryMessage, string> = {
  'history.title': 'What was shown',
  'history.intro':
    'What you showed and to whom. Items are listed by name, without their contents; an answer to an office is kept as proof. All of it stays on this device.',
  'history.trouble': 'The history could not be read or changed',
  'history.empty.title': 'Nothing recorded yet',
  'history.empty.text': 'When you show a licence or make a copy, it is recorded here.',
  'history.search': 'Search',
  'history.search.hint': 'Licence, number, recipient, purpose or item',
  'history.found': 'Records: {count}',
  'history.none': 'Nothing found.',
  'history.more': 'Show {count} more',
  'history.live': 'Shown in person',
  'history.copy': 'Copy',
  'history.delegation': 'Let to a delegate',
  'history.delegation.for': 'Let to {recipient}: {purpose}',
  'history.consent': 'Answer to an office',
  'history.copy.for': 'Copy for {recipient}: “{purpose}”',
  'history.claims': 'Disclosed: {claims}',
  'history.claims.none': 'Only number, validity and agency',
  'history.erase': 'Delete',
  'history.erase.label': 'Delete the record of {name}, {moment}',
  'history.erased': 'One record deleted.',
  'history.eraseAll': 'Delete all',
  'history.eraseAll.title': 'Delete the whole history?',
  'history.eraseAll.text':
    'Only the records on this device are deleted. Licences and copies stay as they are.',
  'history.eraseAll.confirm': 'Delete all',
  'history.export': 'Export',
  'history.export.hint': 'The exported file is not encrypted; keep it safe.',
  'history.export.csv': 'Export a table (CSV)',
  'history.export.json': 'Export JSON',
  'history.file': 'onetrip-history',
  'history.column.time': 'Time',
  'history.column.kind': 'How',
  'history.column.licence': 'Licence',
  'history.column.number': 'Number',
  'history.column.claims': 'Disclosed',
  'history.column.recipient': 'Recipient',
  'history.column.purpose': 'Purpose',
  'history.column.proof': 'Note',
  'history.unproven': 'from a backup, not proven',
}

const catalogue: Catalogue<HistoryMessage> = defineMessages<HistoryMessage>(zh, en)

/** Gives a text of the history in the current language. */
export const wh: Translate<HistoryMessage> = translator(catalogue)

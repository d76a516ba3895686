/** The texts around a verdict. */

import { defineMessages, type Translate, translator } from './language.ts'

const zh = {
  why: '原因',
  next: '下一步',
  facts: '证照内容',
  evidence: '核验依据',
  'status.label': '证照状态',
  'status.valid': '截至 {time} 未被吊销',
  'status.revoked': '截至 {time} 的记录：已吊销',
  'status.suspended': '截至 {time} 的记录：已暂停',
  'status.unknown': '截至 {time} 的记录：未知状态',
  'status.none': '没有状态数据，不知是否被吊销',
  'status.age': '状态数据更新于 {age}',
  'how.label': '核验方式',
  'how.local': '在本机核验，不上传任何内容',
  'mode.label': '出示方式',
  'mode.requested': '应本窗口请求出示',
  'mode.live': '现场出示（实时码）',
  'mode.document': '带电子签章的文件',
  'mode.copy': '持证人出具的加注件',
  'mode.paper': '机关打印的纸质码',
  'trust.label': '信任数据',
  'trust.value': '第 {version} 版，签发于 {age}',
  'time.label': '核验时间',
  'office.label': '核验单位',
  'code.label': '核验码',
  'clock.device': '本机时间',
  'clock.code': '出示时间',
  'clock.signed': '最近的签名时间',
  issuer: '发证机关',
  serial: '证照编号',
  validity: '有效期',
  identifier: '证照标识',
  hidden: '另有 {count} 项未出示',
  'check-person': '请核对本人：面前的人是否就是证照上的人',
  copy: '仅供 {recipient} 用于“{purpose}”，有效至 {end}',
  details: '技术详情：{count} 项检查',
  'check.passed': '通过',
  'check.failed': '未通过',
  'check.not-run': '未执行',
} as const

/** A key of the texts around a verdict. */
export type VerdictMessage = keyof typeof zh

const en: Record<VerdictMessage, string> = {
  why: 'Why',
  next: 'Next',
  facts: 'The licence',
  evidence: 'What this rests on',
  'status.label': 'Status',
  'status.valid': 'not revoked as of {time}',
  'status.revoked': 'revoked, as of {time}',
  'status.suspended': 'suspended, as of {time}',
  'status.unknown': 'unknown status, as of {time}',
  'status.none': 'no status data: not known whether revoked',
  'status.age': 'status data from {age}',
  'how.label': 'Checked',
  'how.local': 'on this device; nothing was sent',
  'mode.label': 'Shown as',
  'mode.requested': 'answer to this counter’s request',
  'mode.live': 'live code',
  'mode.document': 'sealed file',
  'mode.copy': 'copy made by the holder',
  'mode.paper': 'paper code printed by the office',
  'trust.label': 'Trust data',
  'trust.value': 'version {version}, signed {age}',
  'time.label': 'Time',
  'office.label': 'Office',
  'code.label': 'Check code',
  'clock.device': 'This device',
  'clock.code': 'Time of showing',
  'clock.signed': 'Newest signed time',
  issuer: 'Issuer',
  serial: 'Number',
  validity: 'Validity',
  identifier: 'Identifier',
  hidden: '{count} more facts were not shown',
  'check-person': 'Check the person: is this the person the licence names?',
  copy: 'Only for {recipient}, for “{purpose}”, until {end}',
  details: 'Technical details: {count} checks',
  'check.passed': 'passed',
  'check.failed': 'failed',
  'check.not-run': 'not run',
}

/** The texts around a verdict in both languages. */
export const verdictMessages: ReturnType<typeof defineMessages<VerdictMessage>> =
  defineMessages<VerdictMessage>(zh, en)

/** Gives a text around a verdict in the current language. */
export const tv: Translate<VerdictMessage> = translator(verdictMessages)

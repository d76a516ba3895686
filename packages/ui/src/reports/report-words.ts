/** The texts about reports of what was not believed. zh-CN is the source. */

import { defineMessages, type Translate, translator } from '../language.ts'

const zh = {
  report: '举报',
  'report.label': '举报：把核验结果告知发证机关',
  sending: '正在发送举报…',
  sent: '已举报',
  'sent.text': '可凭编号询问处理结果。',
  waiting: '已记下举报',
  'waiting.text': '现在发不出去，本机联网后自动发送，不用再点。',
  refused: '举报没有被接收',
  'refused.text': '请直接联系发证机关，并告知本页结果。',
  number: '编号',
  what: '发送的内容',
  code: '原因',
  agency: '发证机关',
  type: '证照',
  time: '核验时间',
  digest: '所示内容的摘要',
  nothing: '不含持证人姓名、号码和证照内容，也不含举报人的信息。',
} as const

type ReportMessage = keyof typeof zh

const en: Record<ReportMessage, string> = {
  report: 'Report',
  'report.label': 'Report: tell the issuing agency of this result',
  sending: 'Sending the report…',
  sent: 'Reported',
  'sent.text': 'Ask what came of it by this number.',
  waiting: 'Report kept',
  'waiting.text':
    'It cannot be sent now; this device sends it once it has a network. Nothing to do.',
  refused: 'The report was not taken',
  'refused.text': 'Contact the issuing agency yourself and tell it of this result.',
  number: 'Number',
  what: 'What is sent',
  code: 'Reason',
  agency: 'Issuer',
  type: 'Licence',
  time: 'Checked',
  digest: 'Digest of what was shown',
  nothing:
    'No holder’s name or number, nothing that the licence states, and nothing about whoever reports.',
}

/** Gives a text about reports in the current language. */
export const tp: Translate<ReportMessage> = translator(defineMessages<ReportMessage>(zh, en))

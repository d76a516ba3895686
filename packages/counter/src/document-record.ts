/** What is kept of a verdict on a sealed file: that there was one, and what came of it; no name of a file or a person. */

import type { Localised } from '@onetrip/ui'
import type { ShownDocument } from '@onetrip/ui/documents'
import { baseRecord, type ScanRecord } from './scan-record.ts'

const KINDS: Readonly<Record<ShownDocument['document']['kind'], Localised>> = {
  pdf: { 'zh-CN': '盖章 PDF', en: 'Sealed PDF' },
  file: { 'zh-CN': '盖章文件', en: 'Sealed file' },
  seal: { 'zh-CN': '电子印章', en: 'Electronic seal' },
}

/** Makes the record; the status is as old as that of the seal with the oldest. */
export function documentRecord({ id, verdict, at, document }: ShownDocument): ScanRecord {
  const seals = 'impressions' in verdict ? verdict.impressions : [verdict]
  const times = seals.flatMap(({ status }) => status?.asOf ?? [])
  return {
    ...baseRecord({ id, at, verdict }),
    mode: 'document',
    typeName: KINDS[document.kind],
    ...(times.length === 0 ? {} : { statusAsOf: Math.min(...times) }),
  }
}

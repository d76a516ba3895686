import { setLanguage } from '@onetrip/ui'
import { afterEach, describe, expect, test } from 'vitest'
import { csvCell, scansToCsv, scansToJson } from './scan-export.ts'
import type { ScanRecord } from './scan-record.ts'

afterEach(() => setLanguage('zh-CN'))

const RECORD: ScanRecord = {
  format: 1,
  id: 'deadbeef-0000-4000-8000-000000000000',
  at: 1_795_400_000,
  outcome: 'invalid',
  code: 'status/revoked',
  typeName: { 'zh-CN': '食品经营许可证', en: 'Food licence' },
  issuerName: { 'zh-CN': '样例市, "市监局"', en: 'Sample bureau' },
  holder: '=HYPERLINK("https://evil.example")',
  mode: 'copy',
}

describe('csvCell', () => {
  test.each([
    ['plain', 'plain'],
    ['', ''],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1', "'＝1"],
    [' =1', "' =1"],
    ['\t=1', '"\'\t=1"'],
    ['\r=1', '"\'\r=1"'],
    ['a,b', '"a,b"'],
    ['say "so"', '"say ""so"""'],
    ['陈**', '陈**'],
  ])('%j becomes %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell)
  })
})

test('a CSV starts with a BOM, has a header, ends each line with CRLF', () => {
  setLanguage('zh-CN')
  const csv = scansToCsv([RECORD], (column) => column)
  expect(csv.charCodeAt(0)).toBe(0xfeff)
  const [header, line, rest] = csv.slice(1).split('\r\n')
  expect(header).toBe(
    'number,time,result,outcome,code,type,issuer,holder,mode,office,device,purpose,disclosed',
  )
  expect(line).toBe(
    '3592 8559,2026-11-23 10:13:20,已失效,invalid,status/revoked,食品经营许可证,' +
      '"样例市, ""市监局""","\'=HYPERLINK(""https://evil.example"")",copy,,,,',
  )
  expect(rest).toBe('')
})

test('an enrolled counter is named by office and device', () => {
  const device = { number: '03', name: '=一号窗口' }
  const [, line] = scansToCsv([{ ...RECORD, office: 'O', device }], (column) => column).split(
    '\r\n',
  )
  expect(line).toMatch(/,copy,O,03 =一号窗口,,$/)
})

test('JSON holds the records with their numbers', () => {
  const parsed: unknown = JSON.parse(scansToJson([RECORD], 1_795_400_100))
  expect(parsed).toEqual({
    kind: 'onetrip-recent-scans',
    format: 1,
    exportedAt: 1_795_400_100,
    scans: [{ number: '3592 8559', ...RECORD }],
  })
})

import { describe, expect, test } from 'vitest'
import { HISTORY_FORMAT, type HistoryEntry, newestFirst, searched } from './history-entry.ts'
import { csvCell, type HistoryWords, historyToCsv, historyToJson } from './history-export.ts'

const WORDS: HistoryWords = {
  column: (column) => column,
  kind: (kind) => kind,
  unproven: '?',
}

const LIVE: HistoryEntry = {
  format: HISTORY_FORMAT,
  id: 'one',
  at: 1_795_000_000,
  kind: 'live',
  licenceId: '00ff',
  typeName: { 'zh-CN': '食品经营许可证', en: 'Food licence' },
  number: 'JY23399010000012',
  claims: [
    { 'zh-CN': '经营者名称', en: 'Operator' },
    { 'zh-CN': '经营场所', en: 'Premises' },
  ],
}
const COPY: HistoryEntry = {
  ...LIVE,
  id: 'two',
  at: 1_795_000_060,
  kind: 'copy',
  recipient: { kind: 'name', name: '=HYPERLINK("x")' },
  purpose: '办理招牌, 二楼',
}

test('the newest comes first', () => {
  expect(newestFirst([LIVE, COPY]).map(({ id }) => id)).toEqual(['two', 'one'])
})

test.each([
  ['', ['one', 'two']],
  ['招牌', ['two']],
  ['food 招牌', ['two']],
  ['ＪＹ２３', ['one', 'two']],
  ['premises', ['one', 'two']],
  ['hyperlink', ['two']],
  ['nothing', []],
])('a search for "%s" finds %j', (search, ids) => {
  expect(searched([LIVE, COPY], search).map(({ id }) => id)).toEqual(ids)
})

describe('CSV', () => {
  test('has a BOM, a header, CRLF, local times, and no formula', () => {
    expect(historyToCsv([COPY], WORDS)).toBe(
      '\uFEFFtime,kind,licence,number,claims,recipient,purpose,proof\r\n' +
        '2026-11-18 19:07:40,copy,食品经营许可证,JY23399010000012,经营者名称; 经营场所,' +
        '"\'=HYPERLINK(""x"")","办理招牌, 二楼",\r\n',
    )
    const [, line = ''] = historyToCsv([{ ...LIVE, unproven: true }], WORDS).split('\r\n')
    expect(line.endsWith(',?')).toBe(true)
  })

  test.each(['=1', '+1', '-1', '@x', '|x', ' =1', '\t=1', '\r\n=1', '＝1', '－1'])(
    'the cell %j is text',
    (cell) => {
      expect(csvCell(cell)).toContain("'")
    },
  )

  test.each(['a', '2026-11-18', '经营者', '1-2'])('the cell %j stays as it is', (cell) => {
    expect(csvCell(cell)).toBe(cell)
  })
})

test('JSON says of what came out of a backup that nothing proves it', () => {
  const { entries } = JSON.parse(historyToJson([{ ...LIVE, unproven: true }, COPY], 1_795_000_100))
  expect(entries.map(({ unproven }: { unproven?: boolean }) => unproven)).toEqual([true, undefined])
})

test('JSON has a kind, a format and RFC 3339 times', () => {
  const file: unknown = JSON.parse(historyToJson([LIVE], 1_795_000_100))
  expect(file).toEqual({
    kind: 'onetrip-wallet-history',
    format: 1,
    exportedAt: '2026-11-18T19:08:20+08:00',
    entries: [
      {
        id: 'one',
        at: '2026-11-18T19:06:40+08:00',
        kind: 'live',
        licence: LIVE.typeName,
        number: LIVE.number,
        claims: LIVE.claims,
      },
    ],
  })
})

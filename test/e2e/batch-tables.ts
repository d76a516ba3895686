/** Tables of food licences, as somebody at an office would save them. */

const HEADINGS =
  '流水号,有效期起始日期,有效期截止日期,经营者名称,统一社会信用代码,法定代表人（负责人）,住所,经营场所,主体业态,经营项目'
const REST = '91339901MAXYN00113,陈样例,虚构市样例路 1 号,虚构市样例路 1 号,2,热食类食品制售'

/** A CSV file with a row for each of these holders; one without a name is at fault. */
export function foodTable(holders: readonly string[]): Buffer {
  const rows = holders.map((name, at) => `BATCH${at},2026/11/20,2031-11-19,${name},${REST}`)
  return Buffer.from([HEADINGS, ...rows].join('\r\n'))
}

/** What an exported pack is called. */

/** `onetrip-trust-20261125-v7.otpack`: the day on which its data were signed (UTC+8), and their version. */
export function packFileName(trust: {
  /** Unix seconds. */
  readonly signedAt: number
  readonly version: number
}): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' })
    .format(trust.signedAt * 1000)
    .replaceAll('-', '')
  return `onetrip-trust-${day}-v${trust.version}.otpack`
}

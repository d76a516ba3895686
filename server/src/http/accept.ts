/**
 * Content negotiation (RFC 9110 §12.5.1): of the media types offered, the one that `Accept` weighs highest. Equal
 * weights, no header, and a header that fits none of them choose the first one offered; parameters but `q` are ignored.
 */

const MAX_RANGES = 32
const WEIGHT = /^q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/i

interface MediaRange {
  readonly type: string
  readonly weight: number
}

/** The preferred one of `offered`, each a media type in lower case without parameters. */
export function preferredMediaType<Offered extends string>(
  accept: string | undefined,
  offered: readonly [Offered, ...Offered[]],
): Offered {
  const ranges = (accept ?? '').split(',', MAX_RANGES).map(mediaRange)
  let best = offered[0]
  for (const one of offered) if (weightOf(one, ranges) > weightOf(best, ranges)) best = one
  return best
}

/** Whether `Accept-Encoding` takes gzip (RFC 9110 §12.5.3); nothing is compressed for who does not say. */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  const codings = (acceptEncoding ?? '').split(',', MAX_RANGES).map(mediaRange)
  const found =
    codings.find(({ type }) => type === 'gzip') ?? codings.find(({ type }) => type === '*')
  return (found?.weight ?? 0) > 0
}

/** The most specific range that fits decides, whatever its place. */
function weightOf(mediaType: string, ranges: readonly MediaRange[]): number {
  const group = `${mediaType.split('/')[0]}/*`
  for (const wanted of [mediaType, group, '*/*']) {
    const range = ranges.find(({ type }) => type === wanted)
    if (range !== undefined) return range.weight
  }
  return 0
}

/** A weight that is malformed counts as 1. */
function mediaRange(text: string): MediaRange {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim())
  const weight = parameters.map((part) => WEIGHT.exec(part)?.[1]).find((q) => q !== undefined)
  return { type: type.toLowerCase(), weight: Number(weight ?? '1') }
}

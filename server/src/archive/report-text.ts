/** A verdict as a file (验证报告): outcome, reason, each check, and on what it rests, as `onetrip verify --json` prints it. */
import { toBase64url, utf8Encode } from '@onetrip/codec'

/** Writes a verdict as JSON; bytes in it as base64url. */
export function reportText(verdict: object): Uint8Array {
  const text = JSON.stringify(
    verdict,
    (_, value: unknown) => (value instanceof Uint8Array ? toBase64url(value) : value),
    2,
  )
  return utf8Encode(`${text}\n`)
}

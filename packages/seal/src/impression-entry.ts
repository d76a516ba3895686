/** What the use of a seal leaves in the log: whose seal, when, and the digest of the impression; nothing of the file. */
import { digestOfSign1, type ImpressionEntry } from '@onetrip/log'
import { type Impression, parseImpression } from './impression.ts'

/** The entry of an impression in its COSE form; nothing in it is trusted before its signature is verified. */
export function impressionEntry(
  impression: Uint8Array | Pick<Impression, 'sign1' | 'facts'>,
): ImpressionEntry {
  const { sign1, facts } =
    impression instanceof Uint8Array ? parseImpression(impression) : impression
  const { maker, id } = facts.seal
  return {
    kind: 'impression',
    maker,
    seal: id,
    issuedAt: facts.issuedAt,
    digest: digestOfSign1(sign1),
  }
}

/**
 * Judges a seal by itself, in either form: its maker, and its period at the reader's time. Whether the trust data are those
 * of the right environment, and what status lists say, is the caller's.
 */
import { decodeJws, decodeSign1, type ErrorCode, Fault } from '@onetrip/codec'
import type { SealMaker, Trust } from '@onetrip/trust'
import { type Finding, findingsOf } from './findings.ts'
import { HEADER, JOSE_TYP, TYP } from './labels.ts'
import { MAKER_CHECKS, type MakerSubject } from './maker-checks.ts'
import type { SealFacts } from './seal-facts.ts'
import { MAX_SEAL_CHARACTERS, parseSealJws, type SealJws } from './seal-jws.ts'
import { MAX_SEAL_BYTES, parseSeal, type SealStatement } from './seal-statement.ts'
import { makerSignatureOf } from './signed-by.ts'

/** One form of a seal. */
export type SealForm = SealStatement | SealJws

/** A seal with one finding for each question, always all and in the same order. */
export interface JudgedSeal {
  readonly facts: SealFacts
  /** From the trust list; absent where it names no such maker. */
  readonly maker?: SealMaker
  readonly findings: readonly Finding[]
}

interface PeriodSubject extends MakerSubject {
  readonly facts: SealFacts
  readonly now: number
}

/** What is asked of a seal by itself. */
export const LONE_SEAL_CHECKS: Parameters<typeof findingsOf<PeriodSubject>>[0] = [
  ...MAKER_CHECKS,
  {
    id: 'seal-period',
    clause: 'RFC 8392 §3.1',
    needs: ['maker-signature'],
    judge: ({ facts, now }): ErrorCode | undefined => {
      if (now < facts.validFrom) return 'seal/not-yet-valid'
      return now > facts.validTo ? 'seal/expired' : undefined
    },
  },
]

/** Whether this is a seal by its `typ`, without more: what {@link parseSealForm} is for. */
export function isSealForm(input: Uint8Array | string): boolean {
  try {
    return typeof input === 'string'
      ? input.length <= MAX_SEAL_CHARACTERS && decodeJws(input).header['typ'] === JOSE_TYP.seal
      : input.length <= MAX_SEAL_BYTES &&
          decodeSign1(input).protectedHeader.get(HEADER.typ) === TYP.seal
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}

/** Parses a seal: bytes as COSE_Sign1, text as compact JWS. Throws as `parseSeal` and `parseSealJws`. */
export function parseSealForm(input: Uint8Array | string): SealForm {
  return typeof input === 'string' ? parseSealJws(input) : parseSeal(input)
}

/** Judges a seal at `now` (Unix seconds). Never throws for what the seal says. */
export async function judgeSeal(
  form: SealForm,
  { trust, now }: { readonly trust: Pick<Trust, 'sealMaker'>; readonly now: number },
): Promise<JudgedSeal> {
  const { facts } = form
  const maker = trust.sealMaker(facts.maker)
  const makerSignatures = [await makerSignatureOf(form, maker)]
  const subject = { facts, now, maker, makerSignatures, statedAt: facts.issuedAt }
  const findings = findingsOf(LONE_SEAL_CHECKS, subject)
  return { facts, ...(maker === undefined ? {} : { maker }), findings }
}

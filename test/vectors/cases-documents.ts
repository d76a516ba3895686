/** Cases about files with their `.seal`: what was sealed, by whom, with what, when (ARCHITECTURE §2, §4, §5). */
import { sha256, toHex, utf8Encode } from '@onetrip/codec'
import type { ImpressionFacts, SealBytes, SealFacts } from '@onetrip/seal'
import {
  type FormSigners,
  impressionBytes,
  impressionFacts,
  LETTER,
  LETTER_FACTS,
  SEALED_AT,
} from '../../packages/seal/samples/sample-seals.ts'
import { stampedCases } from './cases-time-stamps.ts'
import {
  forgeSealFile,
  KEEPERS,
  letterInput,
  MAKERS,
  namedAs,
  REVOKED_MAKERS,
  STRANGERS,
  statusAt,
  vectorSeal,
  withFloat,
} from './document-cast.ts'
import type { DocumentInput } from './document-verdicts.ts'
import { DAY, INDEX, MARKET, NOW } from './vector-cast.ts'

/** A case before it is a file. */
export interface DocumentCase {
  readonly name: string
  readonly clause: string
  readonly why: string
  readonly now?: number
  readonly input: DocumentInput
  readonly outcome: 'valid' | 'caution' | 'invalid' | 'unverifiable'
  readonly code?: string
}

/** A case in few words: the sample letter, sealed once, with changes. */
interface SealedCase extends Omit<DocumentCase, 'input' | 'clause'> {
  readonly clause?: string
  readonly seal?: Partial<SealFacts>
  readonly makers?: FormSigners
  readonly impression?: Partial<ImpressionFacts>
  readonly keepers?: FormSigners
  /** The facts of the JWS form, where they differ. */
  readonly jws?: Partial<ImpressionFacts>
  /** The letter as it is. */
  readonly text?: string
  readonly input?: Partial<Omit<DocumentInput, 'trust' | 'file'>> & { readonly mediaType?: string }
}

const TEXT = new TextDecoder().decode(LETTER)

/** All cases of this kind. */
export async function documentCases(): Promise<readonly DocumentCase[]> {
  const seal = await vectorSeal()
  return [
    ...(await Promise.all(CASES.map(sealedCase))),
    ...(await forgedCases(seal)),
    ...(await stampedCases()),
  ]
}

const CASES: readonly SealedCase[] = [
  { name: 'valid', why: 'a letter and its .seal', outcome: 'valid' },
  {
    name: 'seal-ended-since',
    why: 'a seal that was in its period when it was used, and is not any more',
    seal: { validTo: SEALED_AT + 1 },
    outcome: 'valid',
  },
  {
    name: 'byte-changed',
    why: 'one character of the letter is another',
    text: TEXT.replace('函', '信'),
    outcome: 'invalid',
    code: 'seal/digest-mismatch',
  },
  {
    name: 'byte-appended',
    why: 'a line feed more at the end of the letter',
    text: `${TEXT}\n`,
    outcome: 'invalid',
    code: 'seal/digest-mismatch',
  },
  {
    name: 'media-type',
    clause: 'RFC 9995 §3',
    why: 'sealed as text, and shown as a PDF',
    input: { mediaType: 'application/pdf' },
    outcome: 'invalid',
    code: 'seal/media-type-mismatch',
  },
  {
    name: 'forms-differ',
    why: 'the JWS form states another purpose',
    jws: { purpose: '别的用途' },
    outcome: 'invalid',
    code: 'seal/forms-differ',
  },
  {
    name: 'maker-unknown',
    clause: 'ARCHITECTURE §5',
    why: 'a seal that an agency of licences made for itself',
    seal: { maker: MARKET },
    impression: { seal: { maker: MARKET, id: '33990100000017', sha256: new Uint8Array(32) } },
    outcome: 'unverifiable',
    code: 'seal/maker-unknown',
  },
  {
    name: 'maker-key-unknown',
    clause: 'ARCHITECTURE §5',
    why: 'the maker’s name under keys that are not its own',
    makers: STRANGERS,
    outcome: 'unverifiable',
    code: 'key/unknown',
  },
  {
    name: 'maker-key-revoked',
    clause: 'ARCHITECTURE §10 T4',
    why: 'a seal stated after the maker’s key was revoked',
    makers: REVOKED_MAKERS,
    outcome: 'invalid',
    code: 'key/revoked',
  },
  {
    name: 'maker-signature',
    clause: 'RFC 9052 §4.4',
    why: 'a stranger signs under the name of the maker’s key',
    makers: { ...MAKERS, cose: namedAs(STRANGERS.cose, MAKERS.cose) },
    outcome: 'invalid',
    code: 'signature/invalid',
  },
  {
    name: 'key-not-listed',
    why: 'a key that the seal does not list',
    keepers: STRANGERS,
    outcome: 'invalid',
    code: 'seal/key-not-listed',
  },
  {
    name: 'impression-signature',
    clause: 'RFC 7515 §5.2',
    why: 'a stranger signs under the name of the seal’s key',
    keepers: { ...KEEPERS, jws: namedAs(STRANGERS.jws, KEEPERS.jws) },
    outcome: 'invalid',
    code: 'signature/invalid',
  },
  {
    name: 'seal-expired',
    why: 'used a second after its end',
    seal: { validTo: SEALED_AT - 1 },
    outcome: 'invalid',
    code: 'seal/expired',
  },
  {
    name: 'seal-not-yet-valid',
    why: 'used a second before its start',
    seal: { validFrom: SEALED_AT + 1 },
    outcome: 'invalid',
    code: 'seal/not-yet-valid',
  },
  {
    name: 'from-future',
    why: 'used in an hour from now: our clock may be slow',
    impression: { issuedAt: NOW + 3600 },
    outcome: 'unverifiable',
    code: 'seal/from-future',
  },
  {
    name: 'appearance',
    why: 'the impression is made with another picture',
    impression: { appearance: sha256(LETTER) },
    outcome: 'invalid',
    code: 'seal/appearance-mismatch',
  },
  {
    name: 'seal-suspended',
    why: 'the maker has suspended the seal, and nothing proves the time of its use',
    seal: statusAt(INDEX.suspended),
    outcome: 'invalid',
    code: 'seal/suspended',
  },
  {
    name: 'seal-revoked',
    why: 'the maker has revoked the seal, and nothing proves the time of its use',
    seal: statusAt(INDEX.revoked),
    outcome: 'invalid',
    code: 'seal/revoked',
  },
  {
    name: 'status-absent',
    why: 'a list that the trust data do not hold',
    seal: statusAt(17, 'https://seals.onetrip.example/s/9'),
    outcome: 'unverifiable',
    code: 'status/unavailable',
  },
  {
    name: 'status-stale',
    why: 'a list older than the caller takes',
    input: { policy: { staleAfterSeconds: 60 } },
    outcome: 'caution',
    code: 'status/stale',
  },
  {
    name: 'trust-stale',
    why: 'trust data of three days',
    now: NOW + 3 * DAY,
    input: { policy: { staleAfterSeconds: 10 * DAY } },
    outcome: 'caution',
    code: 'trust/stale',
  },
  {
    name: 'clock-rolled-back',
    why: 'a clock that stands before the trust data',
    now: NOW - DAY,
    outcome: 'unverifiable',
    code: 'clock/rolled-back',
  },
  {
    name: 'environment',
    clause: 'ARCHITECTURE §10 T3',
    why: 'test keys in production',
    input: { environment: 'production' },
    outcome: 'unverifiable',
    code: 'trust/wrong-environment',
  },
  {
    name: 'mode',
    clause: 'ARCHITECTURE §3',
    why: 'a counter that takes live codes only',
    input: { accept: ['live'] },
    outcome: 'invalid',
    code: 'presentation/mode',
  },
]

async function sealedCase(given: SealedCase): Promise<DocumentCase> {
  const { seal: facts, makers, impression, keepers = KEEPERS, jws, text, input, ...rest } = given
  const seal = await vectorSeal(facts, makers)
  const stated = { ...impressionFacts(seal), ...withDigestOf(seal, impression) }
  const options = { signers: keepers, ...(jws === undefined ? {} : { jws: { ...stated, ...jws } }) }
  const impressions = [await impressionBytes(stated, options)]
  const { mediaType = LETTER_FACTS.mediaType, ...others } = input ?? {}
  return {
    clause: 'ARCHITECTURE §2',
    ...rest,
    input: {
      trust: 'sealing',
      file: { text: text ?? TEXT, mediaType },
      seal: toHex(forgeSealFile({ seals: [seal], impressions })),
      ...others,
    },
  }
}

function withDigestOf(
  { cose }: SealBytes,
  impression: Partial<ImpressionFacts> = {},
): Partial<ImpressionFacts> {
  if (impression.seal === undefined) return impression
  return { ...impression, seal: { ...impression.seal, sha256: sha256(cose) } }
}

/** Files of more than one impression, and files that our own writer does not make. */
async function forgedCases(seal: SealBytes): Promise<readonly DocumentCase[]> {
  const first = await impressionBytes(impressionFacts(seal), { signers: KEEPERS })
  const bad = await impressionBytes(impressionFacts(seal), { signers: STRANGERS })
  const cover = (covered: Uint8Array) =>
    impressionBytes(impressionFacts(seal, { covers: [sha256(covered)], approval: 'second' }), {
      signers: KEEPERS,
    })
  const second = await cover(first.cose)
  const one = { seals: [seal], impressions: [first] }
  return [
    forged('counter-sealed', 'a second impression that confirms the first', {
      ...one,
      impressions: [first, second],
    }),
    forged(
      'covered-invalid',
      'a good impression confirms a bad one',
      { ...one, impressions: [bad, await cover(bad.cose)] },
      'seal/key-not-listed',
    ),
    forged(
      'covers-nothing',
      'an impression confirms one that is not there',
      { ...one, impressions: [second] },
      'seal/covers',
    ),
    forged(
      'image-swapped',
      'another picture in place of the seal’s',
      { ...one, seals: [{ ...seal, image: utf8Encode('<svg>别样</svg>') }] },
      'seal/image-mismatch',
    ),
    forged(
      'seal-missing',
      'an impression made with another seal than the one that is there',
      { ...one, seals: [await vectorSeal({ id: '33990100000018' })] },
      'seal/missing',
    ),
    forged(
      'seal-as-impression',
      'a seal stands where an impression should',
      { ...one, impressions: [{ ...first, cose: seal.cose }] },
      'seal/wrong-type',
    ),
    forged('version', 'a version to come', { ...one, version: 2 }, 'seal/format'),
    forged(
      'float',
      'a floating-point number in an unprotected header',
      { ...one, impressions: [{ ...first, cose: withFloat(first.cose) }] },
      'cbor/float-not-allowed',
    ),
    {
      ...forged('too-large', 'a byte more than a .seal may have', one),
      input: { ...letterInput(one), padTo: 4 * 2 ** 20 + 1 },
      outcome: 'unverifiable',
      code: 'seal/too-large',
    },
  ]
}

function forged(
  name: string,
  why: string,
  content: Parameters<typeof forgeSealFile>[0],
  code?: string,
): DocumentCase {
  return {
    name,
    clause: 'ARCHITECTURE §2',
    why,
    input: letterInput(content),
    ...(code === undefined ? { outcome: 'valid' } : { outcome: 'invalid', code }),
  }
}

/** Cases about the same licence as mdoc: what the issuer signed, what is shown of it, and for which session. */
import { type CborValue, type Signer, sha256, toHex, utf8Encode } from '@onetrip/codec'
import { presentMdoc } from '@onetrip/credential'
import { foodLicenceOfSample } from '@onetrip/fixtures'
import {
  changed,
  issueMdoc,
  type MdocPath,
  SESSION,
} from '../../packages/credential/samples/mdocs.ts'
import { typeOf } from '../../packages/credential/samples/testkit.ts'
import type { VectorCase } from './vector-case.ts'
import { EXPIRES_AT, INDEX, ISSUED_AT, LIST, MARKET, signers } from './vector-cast.ts'

const CLAUSE = 'ISO/IEC 18013-5:2021 §9.1'
const ELEMENTS = ['name', 'uscc', 'legalRepresentative'] as const
const REQUEST = { audience: SESSION.clientId, nonce: SESSION.nonce, session: SESSION } as const

const TYPE = typeOf(foodLicenceOfSample)
const FIRST_ITEM: MdocPath = ['documents', 0, 'issuerSigned', 'nameSpaces', TYPE.vct, 0]

/** All cases of this kind. */
export async function mdocCases(): Promise<readonly VectorCase[]> {
  const response = await shown()
  const replaced = (path: MdocPath, value: CborValue | undefined): Uint8Array =>
    changed(response, path, () => value)
  return [
    given('valid', 'shown for this session', response, 'valid'),
    {
      ...given('nobody-asked', 'shown, and no session is known', response, 'unverifiable'),
      input: { hex: toHex(response) },
      code: 'key-binding/missing',
    },
    given(
      'as-issued',
      'not shown by its holder',
      await issued(),
      'unverifiable',
      'key-binding/missing',
    ),
    given(
      'other-session',
      'shown for another nonce',
      await shown({ session: { ...SESSION, nonce: 'another' } }),
      'invalid',
      'key-binding/signature',
    ),
    given(
      'other-holder',
      'shown by another key',
      await shown({ signer: signers.strangerJws }),
      'invalid',
      'key-binding/signature',
    ),
    given(
      'other-issuer',
      'signed by another agency under the right kid',
      await shown({}, { issuer: signers.policeJws }),
      'invalid',
      'signature/invalid',
    ),
    given(
      'revoked',
      'a revoked entry',
      await shown({}, { index: INDEX.revoked }),
      'invalid',
      'status/revoked',
    ),
    {
      ...given('ended', 'at its validUntil', response, 'invalid', 'credential/expired'),
      now: EXPIRES_AT,
    },
    given(
      'public-claim-hidden',
      'a claim that is public by law is left out',
      await shown({ disclose: ['name'] }),
      'invalid',
      'claim/missing',
    ),
    given(
      'element-altered',
      'another value than was signed',
      replaced([...FIRST_ITEM, 'elementValue'], 'another'),
      'invalid',
      'mdoc/digest',
    ),
    given(
      'licence-hidden',
      'which licence it is, and until when, is left out',
      replaced(FIRST_ITEM, undefined),
      'invalid',
      'mdoc/licence-hidden',
    ),
    given(
      'doc-type',
      'called another type than was signed',
      replaced(['documents', 0, 'docType'], 'org.iso.18013.5.1.mDL'),
      'invalid',
      'mdoc/doc-type',
    ),
    given('format', 'of another version', replaced(['version'], '2.0'), 'invalid', 'mdoc/format'),
  ]
}

function given(
  name: string,
  why: string,
  bytes: Uint8Array,
  outcome: VectorCase['outcome'],
  code?: string,
): VectorCase {
  return {
    name: `mdoc-${name}`,
    clause: CLAUSE,
    why,
    input: { hex: toHex(bytes), accept: ['requested'], request: REQUEST },
    outcome,
    ...(code === undefined ? {} : { code }),
  }
}

async function shown(
  changes: Partial<Parameters<typeof presentMdoc>[0]> = {},
  made: Parameters<typeof issued>[0] = {},
): Promise<Uint8Array> {
  return presentMdoc({
    credential: await issued(made),
    disclose: ELEMENTS,
    session: SESSION,
    signer: signers.holderJws,
    ...changes,
  })
}

function issued(
  made: { readonly issuer?: Signer; readonly index?: number } = {},
): Promise<Uint8Array> {
  const { issuer = signers.marketJws, index = INDEX.valid } = made
  const { kid } = signers.marketJws.publicKey
  return issueMdoc(
    {
      type: TYPE,
      facts: foodLicenceOfSample.facts,
      issuer: MARKET,
      holderKey: signers.holderJws.publicKey,
      status: { uri: LIST.good, index },
      issuedAt: ISSUED_AT,
      expiresAt: EXPIRES_AT,
      random: stretched,
      kid,
      algorithm: issuer.publicKey.algorithm,
    },
    issuer,
  )
}

/** Bytes that look random and are the same in every run. */
function stretched(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let start = 0; start < length; start += 32) {
    bytes.set(sha256(utf8Encode(`mdoc vector ${start}`)).subarray(0, length - start), start)
  }
  return bytes
}

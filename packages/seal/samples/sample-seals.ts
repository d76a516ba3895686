/** A sample seal maker, a seal and its impressions for the tests of this package, made by the code under test. */
import { generateKeyPairSync } from 'node:crypto'
import {
  isObject,
  type PublicKey,
  parseJson,
  publicKeyFromJwk,
  publicKeyToJwk,
  type Signer,
  sha256,
  signerFromPrivateJwk,
  utf8Encode,
} from '@onetrip/codec'
import { sampleAgencies, type TestKeyName, testKeys } from '@onetrip/fixtures'
import { buildTrust, parseTrustList, type Trust } from '@onetrip/trust'
import { buildImpression } from '../src/impression.ts'
import type { FileFacts, ImpressionFacts } from '../src/impression-facts.ts'
import { buildImpressionJws } from '../src/impression-jws.ts'
import type { SealFacts } from '../src/seal-facts.ts'
import type { ImpressionBytes, SealBytes } from '../src/seal-file.ts'
import { assembleJws, buildSealJws } from '../src/seal-jws.ts'
import { buildSealRegister, type SealRegisterFacts } from '../src/seal-register.ts'
import { assembleCose, buildSeal } from '../src/seal-statement.ts'

/** 2026-11-23 09:10 in Shanghai, when the sample file was sealed; Unix seconds. */
export const SEALED_AT: number = Date.parse('2026-11-23T09:10:00+08:00') / 1000

const DAY = 86_400

/** The maker's number; it verifies and none is assigned. */
export const MAKER_ID = '91339901MAXYN0775D'

/** Signs with a test key. */
export function sampleSigner(name: TestKeyName): Signer {
  return signerFromPrivateJwk({ ...testKeys[name] })
}

/** Who signs the two forms. */
export interface FormSigners {
  readonly cose: Signer
  readonly jws: Signer
}

/** The maker's keys. */
export const MAKER: FormSigners = {
  cose: sampleSigner('marketIssueCbor'),
  jws: sampleSigner('marketIssueJws'),
}
/** The seal's keys. */
export const KEEPER: FormSigners = {
  cose: sampleSigner('counterCbor'),
  jws: sampleSigner('counterJws'),
}
/** The maker's key for status lists and registers. */
export const REGISTRAR: Signer = sampleSigner('marketStatus')
/** Keys that nobody trusts. */
export const STRANGER: FormSigners = {
  cose: sampleSigner('strangerCbor'),
  jws: sampleSigner('strangerJws'),
}

/** A seal's image. */
export const IMAGE: Uint8Array = utf8Encode('<svg>样例</svg>')

/** The file that is sealed. */
export const LETTER: Uint8Array = utf8Encode('关于虚构市云栖区样例事项的函\n')

/** What is to be known of {@link LETTER}. */
export const LETTER_FACTS: FileFacts = {
  sha256: sha256(LETTER),
  length: LETTER.length,
  mediaType: 'text/plain',
}

/** The facts of the sample seal, with members replaced. */
export function sealFacts(changes: Partial<SealFacts> = {}): SealFacts {
  const [, market] = sampleAgencies
  if (market === undefined) throw new TypeError('no sample agency')
  return {
    maker: MAKER_ID,
    id: '33990100000017',
    issuedAt: SEALED_AT - 30 * DAY,
    validFrom: SEALED_AT - 29 * DAY,
    validTo: SEALED_AT + 365 * DAY,
    name: '虚构市云栖区市场监督管理局电子证照专用章',
    kind: '99',
    owner: { name: market.name['zh-CN'], uscc: market.id },
    image: { sha256: sha256(IMAGE), mediaType: 'image/svg+xml', widthMm: 42, heightMm: 42 },
    keys: [KEEPER.cose.publicKey, KEEPER.jws.publicKey],
    status: { uri: 'https://seals.onetrip.example/s/1', index: 17 },
    ...changes,
  }
}

/** A seal in both forms, with its image. */
export async function sealBytes(
  facts: SealFacts = sealFacts(),
  options: {
    readonly signers?: FormSigners
    readonly jws?: SealFacts
    readonly image?: Uint8Array
  } = {},
): Promise<SealBytes> {
  const { signers = MAKER, image = IMAGE } = options
  const cose = buildSeal({ facts, ...keyOf(signers.cose) })
  const jws = buildSealJws({ facts: options.jws ?? facts, ...keyOf(signers.jws) })
  return {
    cose: assembleCose(cose, await signers.cose.sign(cose.toBeSigned)),
    jws: assembleJws(jws, await signers.jws.sign(jws.toBeSigned)),
    image,
  }
}

/** The facts of an impression on {@link LETTER}, with members replaced. */
export function impressionFacts(
  seal: SealBytes,
  changes: Partial<ImpressionFacts> = {},
): ImpressionFacts {
  return {
    file: LETTER_FACTS,
    seal: { maker: MAKER_ID, id: '33990100000017', sha256: sha256(seal.cose) },
    appearance: sha256(seal.image),
    purpose: '出具样例事项的函',
    issuedAt: SEALED_AT,
    approval: '5f0c2b1e9a7d4c3380e6b1f2a4d5c6e7',
    covers: [],
    ...changes,
  }
}

/** An impression in both forms. */
export async function impressionBytes(
  facts: ImpressionFacts,
  options: { readonly signers?: FormSigners; readonly jws?: ImpressionFacts } = {},
): Promise<ImpressionBytes> {
  const { signers = KEEPER } = options
  const cose = buildImpression({ facts, ...keyOf(signers.cose) })
  const jws = buildImpressionJws({ facts: options.jws ?? facts, ...keyOf(signers.jws) })
  return {
    cose: assembleCose(cose, await signers.cose.sign(cose.toBeSigned)),
    jws: assembleJws(jws, await signers.jws.sign(jws.toBeSigned)),
  }
}

/** A register of the maker, with facts replaced. */
export async function registerBytes(
  changes: Partial<SealRegisterFacts> = {},
  signer: Signer = REGISTRAR,
): Promise<Uint8Array> {
  const { status } = sealFacts()
  const facts = {
    maker: MAKER_ID,
    statusUri: status.uri,
    issuedAt: SEALED_AT,
    seals: [],
    ...changes,
  }
  const draft = buildSealRegister({ facts, ...keyOf(signer) })
  return assembleCose(draft, await signer.sign(draft.toBeSigned))
}

/** Trust data that name the maker, with members of its keys' entries replaced. */
export function trustOf(
  changes: Readonly<Record<string, number | string>> = {},
  maker: FormSigners = MAKER,
): Pick<Trust, 'sealMaker'> {
  const keys = [maker.cose, maker.jws].map(({ publicKey }) => ({
    jwk: publicKeyToJwk(publicKey),
    use: 'seal',
    notBefore: SEALED_AT - 365 * DAY,
    notAfter: SEALED_AT + 365 * DAY,
    ...changes,
  }))
  const status = {
    jwk: publicKeyToJwk(REGISTRAR.publicKey),
    use: 'status',
    notBefore: SEALED_AT - 365 * DAY,
    notAfter: SEALED_AT + 365 * DAY,
  }
  const name = { 'zh-CN': '虚构市样例印章制作中心', en: 'Sample Seal Maker of Xugou' }
  const list = parseTrustList({
    kind: 'onetrip-trust-list',
    format: 2,
    environment: 'test',
    agencies: [],
    offices: [],
    sealMakers: [{ id: MAKER_ID, name, keys: [...keys, status] }],
  })
  return buildTrust({ list, version: 1, parts: [], types: [], statusLists: [] })
}

/** Fresh keys. */
export function newKeys(algorithm: 'Ed25519' | 'ES256', count: number): readonly PublicKey[] {
  return Array.from({ length: count }, () => {
    const { publicKey } =
      algorithm === 'Ed25519'
        ? generateKeyPairSync('ed25519')
        : generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwk = parseJson(JSON.stringify(publicKey.export({ format: 'jwk' })))
    if (!isObject(jwk)) throw new TypeError('no JWK')
    return publicKeyFromJwk(jwk)
  })
}

/** The bytes with one bit turned. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const flipped = bytes.slice()
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return flipped
}

function keyOf({ publicKey: { kid, algorithm } }: Signer) {
  return { kid, algorithm }
}

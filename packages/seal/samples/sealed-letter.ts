/** A letter sealed with the sample seal, and the trust data that speak for its maker; for the tests of other packages too. */
import type { JsonValue } from '@onetrip/codec'
import { publicKeyToJwk, toBase64url } from '@onetrip/codec'
import {
  decodeStatusList,
  newStatusBits,
  openStatusList,
  setStatus,
  signStatusListCwt,
} from '@onetrip/status'
import { buildTrust, type DenyList, parseTrustList, type Trust } from '@onetrip/trust'
import type { ImpressionFacts } from '../src/impression-facts.ts'
import type { SealFacts } from '../src/seal-facts.ts'
import { encodeSealFile } from '../src/seal-file.ts'
import {
  type FormSigners,
  impressionBytes,
  impressionFacts,
  MAKER,
  MAKER_ID,
  REGISTRAR,
  SEALED_AT,
  sealBytes,
  sealFacts,
} from './sample-seals.ts'
import { makerCertificate } from './sealed-pdf.ts'

const DAY = 86_400

/** The maker's name. */
export const MAKER_NAME = {
  'zh-CN': '虚构市样例印章制作中心',
  en: 'Sample Seal Maker of Xugou',
} as const

/** What is to be otherwise than in good trust data of the hour of sealing. */
export interface SealTrustChanges {
  readonly makerId?: string
  /** When the online roles signed, Unix seconds. */
  readonly signedAt?: number
  /** Members of the entries of the maker's keys. */
  readonly keys?: Readonly<Record<string, JsonValue>>
  readonly makers?: FormSigners
  /** DER of the certificate of the maker's JWS key; `null`: none. */
  readonly certificate?: Uint8Array | null
  readonly denied?: DenyList
  readonly list?: {
    /** What the list says of the sample seal. */
    readonly value?: number
    readonly issuedAt?: number
    readonly expiresAt?: number
    readonly ownerId?: string
    readonly uri?: string
    readonly size?: number
  }
}

/** Trust data that name the maker, with its status list. */
export async function sealTrust(changes: SealTrustChanges = {}): Promise<Trust> {
  const { makerId = MAKER_ID, signedAt = SEALED_AT, keys = {}, makers = MAKER, denied } = changes
  const life = { notBefore: SEALED_AT - 365 * DAY, notAfter: SEALED_AT + 365 * DAY }
  const { certificate = (await makerCertificate(makers.jws)).bytes } = changes
  const [cose, jws] = [makers.cose, makers.jws].map(({ publicKey }) => ({
    jwk: publicKeyToJwk(publicKey),
    use: 'seal',
    ...life,
    ...keys,
  }))
  const certified = certificate === null ? {} : { certificate: toBase64url(certificate) }
  const entries = [{ ...cose }, { ...jws, ...certified }]
  const status = { jwk: publicKeyToJwk(REGISTRAR.publicKey), use: 'status', ...life }
  const list = parseTrustList({
    kind: 'onetrip-trust-list',
    format: 2,
    environment: 'test',
    agencies: [],
    offices: [],
    sealMakers: [{ id: makerId, name: { ...MAKER_NAME }, keys: [...entries, status] }],
  })
  return buildTrust({
    list,
    version: 3,
    parts: [{ name: 'timestamp', version: 5, signedAt }],
    types: [],
    statusLists: [await statusList(changes.list)],
    ...(denied === undefined ? {} : { denied }),
  })
}

/** What is to be otherwise than in a letter sealed once with the sample seal. */
export interface SealedLetterChanges {
  readonly seal?: Partial<SealFacts>
  readonly makers?: FormSigners
  readonly impression?: Partial<ImpressionFacts>
  readonly keepers?: FormSigners
}

/** The `.seal` of the sample letter. */
export async function sealedLetter(changes: SealedLetterChanges = {}): Promise<Uint8Array> {
  const { makers, keepers } = changes
  const seal = await sealBytes(
    sealFacts(changes.seal),
    makers === undefined ? {} : { signers: makers },
  )
  const impression = await impressionBytes(
    impressionFacts(seal, changes.impression),
    keepers === undefined ? {} : { signers: keepers },
  )
  return encodeSealFile({ seals: [seal], impressions: [impression] })
}

async function statusList(changes: SealTrustChanges['list'] = {}) {
  const { status } = sealFacts()
  const { value = 0, issuedAt = SEALED_AT, expiresAt = SEALED_AT + 60 * DAY } = changes
  const { ownerId = MAKER_ID, uri = status.uri, size = 1024 } = changes
  const statuses = newStatusBits(size, 2)
  if (status.index < size) setStatus({ statuses, bits: 2, index: status.index }, value)
  const content = { uri, bits: 2, statuses, issuedAt, expiresAt, ttlSeconds: 600 } as const
  const token = decodeStatusList(await signStatusListCwt(content, REGISTRAR))
  return { ownerId, list: await openStatusList(token, REGISTRAR.publicKey) }
}

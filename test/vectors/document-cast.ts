/** Who seals and what in the vectors on sealed files: the sample letter and seal, with signatures that are always the same. */
import {
  CborFloat,
  type CborKey,
  CborTag,
  type CborValue,
  decodeSign1,
  encodeCbor,
  type JsonObject,
  publicKeyToJwk,
  type Signer,
  toBase64url,
  toHex,
  utf8Decode,
} from '@onetrip/codec'
import { testKeys } from '@onetrip/fixtures'
import {
  IMPRESSION_ENTRY,
  type ImpressionBytes,
  SEAL_ENTRY,
  SEAL_FILE,
  type SealBytes,
  type SealFacts,
} from '@onetrip/seal'
import { newStatusBits, setStatus, signStatusListCwt } from '@onetrip/status'
import { type RepositoryFiles, TARGET, type TimeStamper } from '@onetrip/trust'
import {
  type FormSigners,
  LETTER,
  LETTER_FACTS,
  MAKER_ID,
  SEALED_AT,
  sealBytes,
  sealFacts,
} from '../../packages/seal/samples/sample-seals.ts'
import { type SampleTsa, sampleTsa } from '../../packages/seal/samples/sample-tsa.ts'
import { MAKER_NAME } from '../../packages/seal/samples/sealed-letter.ts'
import { makerCertificate } from '../../packages/seal/samples/sealed-pdf.ts'
import {
  firstRoot,
  samplePack,
  sampleRepository,
} from '../../packages/trust/samples/sample-repository.ts'
import type { DocumentInput } from './document-verdicts.ts'
import { testSigner } from './forge-signers.ts'
import { DAY, HOUR, INDEX, NOW, seededSigner, signers } from './vector-cast.ts'
import { type MoreTrust, vectorRepository } from './vector-repository.ts'
import type { PackVector } from './verifier-verdicts.ts'

/** The maker's keys, one that was revoked before the sample seal was stated among them. */
export const MAKERS: FormSigners = { cose: seededSigner('seal maker'), jws: signers.marketJws }
export const REVOKED_MAKERS: FormSigners = {
  cose: seededSigner('seal maker revoked'),
  jws: signers.marketJws,
}
/** The seal's keys. */
export const KEEPERS: FormSigners = {
  cose: testSigner(testKeys.counterCbor),
  jws: testSigner(testKeys.counterJws),
}
const STATUS = seededSigner('seal maker status')
const TSA_SIGNERS = { ca: signers.holderJws, tsa: signers.policeJws }
/** Keys of nobody. */
export const STRANGERS: FormSigners = { cose: signers.stranger, jws: signers.strangerJws }

/** The sample seal with members replaced. */
export function vectorSeal(
  changes: Partial<SealFacts> = {},
  makers: FormSigners = MAKERS,
): Promise<SealBytes> {
  const keys = [KEEPERS.cose.publicKey, KEEPERS.jws.publicKey]
  return sealBytes(sealFacts({ keys, ...changes }), { signers: makers })
}

/** Seals with this entry in the maker's status list. */
export function statusAt(index: number, uri: string = sealFacts().status.uri): Partial<SealFacts> {
  return { status: { uri, index } }
}

/** A signer that names another's key as its own. */
export function namedAs(signer: Signer, other: Signer): Signer {
  return { ...signer, publicKey: { ...signer.publicKey, kid: other.publicKey.kid } }
}

/** A `.seal` that nobody looked over; `version` as it is to stand in it. */
export function forgeSealFile(content: {
  readonly seals: readonly SealBytes[]
  readonly impressions: readonly ImpressionBytes[]
  readonly version?: CborValue
}): Uint8Array {
  const { seals, impressions, version = 1 } = content
  return encodeCbor(
    new Map<CborKey, CborValue>([
      [SEAL_FILE.version, version],
      [
        SEAL_FILE.seals,
        seals.map(({ cose, jws, image }) => {
          const { cose: coseKey, jws: jwsKey, image: imageKey } = SEAL_ENTRY
          return new Map<CborKey, CborValue>([
            [coseKey, cose],
            [jwsKey, jws],
            [imageKey, image],
          ])
        }),
      ],
      [
        SEAL_FILE.impressions,
        impressions.map(
          ({ cose, jws, timestamp, statusList }) =>
            new Map<CborKey, CborValue>([
              [IMPRESSION_ENTRY.cose, cose],
              [IMPRESSION_ENTRY.jws, jws],
              ...entryOf(IMPRESSION_ENTRY.timestamp, timestamp),
              ...entryOf(IMPRESSION_ENTRY.statusList, statusList),
            ]),
        ),
      ],
    ]),
  )
}

function entryOf(label: number, bytes: Uint8Array | undefined): readonly [number, Uint8Array][] {
  return bytes === undefined ? [] : [[label, bytes]]
}

/** The sample letter with a `.seal`. */
export function letterInput(content: Parameters<typeof forgeSealFile>[0]): DocumentInput {
  return {
    trust: 'sealing',
    file: { text: utf8Decode(LETTER), mediaType: LETTER_FACTS.mediaType },
    seal: toHex(forgeSealFile(content)),
  }
}

/** A COSE_Sign1 with a floating-point number in its unprotected header. */
export function withFloat(sign1: Uint8Array): Uint8Array {
  const { protectedBytes, payload, signature } = decodeSign1(sign1)
  const unprotected = new Map<CborKey, CborValue>([[99, new CborFloat(1.5)]])
  return encodeCbor(new CborTag(18, [protectedBytes, unprotected, payload, signature]))
}

/** The maker's status list of a time; `since` are those that it takes back. */
export function makerList(
  issuedAt: number,
  since: readonly (readonly [index: number, value: number])[] = [],
): Promise<Uint8Array> {
  const statuses = newStatusBits(INDEX.size, 2)
  for (const [index, value] of since) setStatus({ statuses, bits: 2, index }, value)
  const times = { issuedAt, expiresAt: issuedAt + 14 * DAY, ttlSeconds: 43_200 }
  return signStatusListCwt({ uri: sealFacts().status.uri, bits: 2, statuses, ...times }, STATUS)
}

/** The time-stamper of the trust data. */
export const TSA: SampleTsa = await sampleTsa(TSA_SIGNERS)
/** Under the same CA, and for anything. */
export const LOOSE_TSA: SampleTsa = await sampleTsa({ ...TSA_SIGNERS, isForTimeStamps: false })
/** Under a CA by the same name. */
export const OTHER_TSA: SampleTsa = await sampleTsa({ ...TSA_SIGNERS, ca: signers.strangerJws })

/** The pack `sealing`: trust data that name the maker, its status list and a time-stamper. */
export async function sealingPack(): Promise<PackVector> {
  const { sealMakers, statusLists } = await makerTrust()
  const [list = new Uint8Array()] = statusLists
  const files = await sampleRepository({
    signers: {
      root: [signers.root],
      targets: [seededSigner('sealing targets')],
      online: seededSigner('sealing online'),
    },
    signedAt: NOW - 2 * HOUR,
    documents: {
      [TARGET.trustList]: {
        kind: 'onetrip-trust-list',
        format: 2,
        environment: 'test',
        agencies: [],
        offices: [],
        sealMakers,
        timeStampers: [stamperEntry(TSA.stamper)],
      },
    },
    statusLists: { 1: list },
  })
  return packOf(files)
}

/** The pack `sealed-licences`: what `main` names, and the maker. */
export async function sealedLicencesPack(): Promise<PackVector> {
  return packOf(await vectorRepository(await makerTrust()))
}

function packOf(files: RepositoryFiles): PackVector {
  return { pack: toHex(samplePack(files)), root: utf8Decode(firstRoot(files)) }
}

function stamperEntry({ id, name, certificates }: TimeStamper): JsonObject {
  return { id, name: { ...name }, certificates: certificates.map(toBase64url) }
}

async function makerTrust(): Promise<Required<Pick<MoreTrust, 'sealMakers' | 'statusLists'>>> {
  const list = await makerList(NOW - HOUR, [
    [INDEX.revoked, 1],
    [INDEX.suspended, 2],
  ])
  const { bytes: certificate } = await makerCertificate(MAKERS.jws)
  const keys: JsonObject[] = [
    { ...keyEntry(MAKERS.cose), use: 'seal' },
    { ...keyEntry(MAKERS.jws), use: 'seal', certificate: toBase64url(certificate) },
    { ...keyEntry(REVOKED_MAKERS.cose), use: 'seal', revokedFrom: SEALED_AT - 40 * DAY },
    { ...keyEntry(STATUS), use: 'status' },
  ]
  return { sealMakers: [{ id: MAKER_ID, name: { ...MAKER_NAME }, keys }], statusLists: [list] }
}

function keyEntry({ publicKey }: Signer): JsonObject {
  return {
    jwk: publicKeyToJwk(publicKey),
    notBefore: SEALED_AT - 365 * DAY,
    notAfter: SEALED_AT + 365 * DAY,
  }
}

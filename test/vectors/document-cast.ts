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
import { TARGET } from '@onetrip/trust'
import {
  type FormSigners,
  MAKER_ID,
  SEALED_AT,
  sealBytes,
  sealFacts,
} from '../../packages/seal/samples/sample-seals.ts'
import { MAKER_NAME } from '../../packages/seal/samples/sealed-letter.ts'
import { makerCertificate } from '../../packages/seal/samples/sealed-pdf.ts'
import {
  firstRoot,
  samplePack,
  sampleRepository,
} from '../../packages/trust/samples/sample-repository.ts'
import { testSigner } from './forge-signers.ts'
import { DAY, HOUR, INDEX, NOW, seededSigner, signers } from './vector-cast.ts'
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
              ...(timestamp === undefined
                ? []
                : [[IMPRESSION_ENTRY.timestamp, timestamp] as const]),
              ...(statusList === undefined
                ? []
                : [[IMPRESSION_ENTRY.statusList, statusList] as const]),
            ]),
        ),
      ],
    ]),
  )
}

/** A COSE_Sign1 with a floating-point number in its unprotected header. */
export function withFloat(sign1: Uint8Array): Uint8Array {
  const { protectedBytes, payload, signature } = decodeSign1(sign1)
  const unprotected = new Map<CborKey, CborValue>([[99, new CborFloat(1.5)]])
  return encodeCbor(new CborTag(18, [protectedBytes, unprotected, payload, signature]))
}

/** The pack `sealing`: trust data that name the maker, and its status list. */
export async function sealingPack(): Promise<PackVector> {
  const status = seededSigner('seal maker status')
  const statuses = newStatusBits(INDEX.size, 2)
  setStatus({ statuses, bits: 2, index: INDEX.revoked }, 1)
  setStatus({ statuses, bits: 2, index: INDEX.suspended }, 2)
  const times = { issuedAt: NOW - HOUR, expiresAt: NOW + 14 * DAY, ttlSeconds: 43_200 }
  const { uri } = sealFacts().status
  const list = await signStatusListCwt({ uri, bits: 2, statuses, ...times }, status)
  const { bytes: certificate } = await makerCertificate(MAKERS.jws)
  const keys: JsonObject[] = [
    { ...keyEntry(MAKERS.cose), use: 'seal' },
    { ...keyEntry(MAKERS.jws), use: 'seal', certificate: toBase64url(certificate) },
    { ...keyEntry(REVOKED_MAKERS.cose), use: 'seal', revokedFrom: SEALED_AT - 40 * DAY },
    { ...keyEntry(status), use: 'status' },
  ]
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
        sealMakers: [{ id: MAKER_ID, name: { ...MAKER_NAME }, keys }],
      },
    },
    statusLists: { 1: list },
  })
  return { pack: toHex(samplePack(files)), root: utf8Decode(firstRoot(files)) }
}

function keyEntry({ publicKey }: Signer): JsonObject {
  return {
    jwk: publicKeyToJwk(publicKey),
    notBefore: SEALED_AT - 365 * DAY,
    notAfter: SEALED_AT + 365 * DAY,
  }
}

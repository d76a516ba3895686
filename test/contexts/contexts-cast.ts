/** One set of trust data in which everybody has a key for each of their uses, so that every artefact is good by its own entry. */
import {
  type JsonObject,
  type JsonValue,
  publicKeyToJwk,
  type Signer,
  toBase64url,
} from '@onetrip/codec'
import { matterCatalogue, sampleOffices, testKeys } from '@onetrip/fixtures'
import {
  newStatusBits,
  type StatusListContent,
  setStatus,
  signStatusListCwt,
} from '@onetrip/status'
import {
  openPack,
  packInMemory,
  type RepositoryFiles,
  TARGET,
  type TimeStamper,
  type Trust,
} from '@onetrip/trust'
import {
  type FormSigners,
  MAKER_ID,
  SEALED_AT,
  sealFacts,
} from '../../packages/seal/samples/sample-seals.ts'
import { MAKER_NAME } from '../../packages/seal/samples/sealed-letter.ts'
import { makerCertificate } from '../../packages/seal/samples/sealed-pdf.ts'
import {
  firstRoot,
  samplePack,
  sampleRepository,
} from '../../packages/trust/samples/sample-repository.ts'
import { holderSigner } from '../../server/testing/test-world.ts'
import { testSigner } from '../vectors/forge-signers.ts'
import {
  DAY,
  HOUR,
  INDEX,
  LIST,
  NOW,
  OFFICE,
  seededSigner,
  signers,
} from '../vectors/vector-cast.ts'
import { trustDocument, typeDocuments } from '../vectors/vector-repository.ts'

/** Who signs what in these tests; agencies and holders are those of the vectors. */
export const MAKERS: FormSigners = { cose: seededSigner('maker'), jws: holderSigner('ES256') }
export const MAKER_STATUS: Signer = seededSigner('maker status')
export const KEEPERS: FormSigners = {
  cose: testSigner(testKeys.counterCbor),
  jws: testSigner(testKeys.counterJws),
}
export const OFFICE_ENROL: Signer = testSigner(testKeys.officeEnrol)
export const OFFICE_ASK: Signer = seededSigner('office ask')
export const TARGETS: Signer = seededSigner('contexts targets')
export const ONLINE: Signer = seededSigner('contexts online')

/** The trust data, and what they were opened from. */
export interface ContextsTrust {
  readonly trust: Trust
  readonly root: Uint8Array
  readonly pack: Uint8Array
  readonly files: RepositoryFiles
  /** By path. */
  readonly documents: Readonly<Record<string, JsonValue>>
}

/** Builds and opens them with one time-stamper. */
export async function openContextsTrust(timeStamper: TimeStamper): Promise<ContextsTrust> {
  const documents: Record<string, JsonValue> = {
    [TARGET.trustList]: await wholeTrustDocument(timeStamper),
    [TARGET.catalogue]: JSON.parse(JSON.stringify(matterCatalogue)),
    ...typeDocuments(),
  }
  const files = await sampleRepository({
    signers: { root: [signers.root], targets: [TARGETS], online: ONLINE },
    signedAt: NOW - 2 * HOUR,
    documents,
    statusLists: {
      1: await signStatusListCwt(listOf(LIST.good), signers.marketStatus),
      3: await signStatusListCwt(listOf(LIST.police), signers.policeStatus),
      2: await signStatusListCwt(listOf(sealFacts().status.uri, { revoked: true }), MAKER_STATUS),
    },
  })
  const [root, pack] = [firstRoot(files), samplePack(files)]
  const trust = await openPack({ source: packInMemory(pack), initialRoot: root })
  return { trust, root, pack, files, documents }
}

/** What a list says; all its entries are valid, or all but `INDEX.revoked`. */
export function listOf(
  uri: string,
  changes: { readonly issuedAt?: number; readonly revoked?: true } = {},
): StatusListContent {
  const { issuedAt = NOW - HOUR, revoked = false } = changes
  const statuses = newStatusBits(INDEX.size, 2)
  if (revoked) setStatus({ statuses, bits: 2, index: INDEX.revoked }, 1)
  return { uri, bits: 2, statuses, issuedAt, expiresAt: NOW + 14 * DAY, ttlSeconds: 43_200 }
}

/** The vectors' list, with keys of an office, a seal maker and a time-stamper. */
async function wholeTrustDocument({ id, name, certificates }: TimeStamper): Promise<JsonObject> {
  const { bytes: certificate } = await makerCertificate(MAKERS.jws)
  const maker = {
    id: MAKER_ID,
    name: { ...MAKER_NAME },
    keys: [
      entryOf(MAKERS.cose, 'seal'),
      { ...entryOf(MAKERS.jws, 'seal'), certificate: toBase64url(certificate) },
      entryOf(MAKER_STATUS, 'status'),
    ],
  }
  return {
    ...trustDocument(),
    offices: sampleOffices.map(({ id, name }) => ({
      id,
      name: { ...name },
      keys: id === OFFICE ? [entryOf(OFFICE_ENROL, 'enrol'), entryOf(OFFICE_ASK, 'ask')] : [],
    })),
    sealMakers: [maker],
    timeStampers: [{ id, name: { ...name }, certificates: certificates.map(toBase64url) }],
  }
}

function entryOf({ publicKey }: Signer, use: string): JsonObject {
  return {
    jwk: publicKeyToJwk(publicKey),
    use,
    notBefore: SEALED_AT - 365 * DAY,
    notAfter: SEALED_AT + 365 * DAY,
  }
}

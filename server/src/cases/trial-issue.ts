/**
 * A trial before a decision is proposed: the licence is signed in both securings with keys that are thrown away, and our own verifier
 * judges them as a wallet that receives them would. What it would refuse is never approved, sealed or signed with a real key.
 */
import { fault, publicKeyToJwk, type Signer, signerFromPrivateJwk } from '@onetrip/codec'
import { dayToNumber, type LicenceFacts, type TypeDefinition } from '@onetrip/credential'
import { draftPaper, issueLicence } from '@onetrip/issuer'
import { decodeStatusList, newStatusBits, openStatusList, signStatusListCwt } from '@onetrip/status'
import { buildTrust, parseTrustList, type Trust } from '@onetrip/trust'
import { verifyReceived } from '@onetrip/verifier'
import { makePrivateJwk } from '../keys/key-store.ts'
import type { Services } from '../services.ts'

const LIST = 'https://trial.invalid/s/1'
const ISSUER = 'https://trial.invalid/a'
const LIFE_SECONDS = 86_400
const LIST_ENTRIES = 1024
const DAY_SECONDS = 86_400
const SHANGHAI_SECONDS = 28_800

/**
 * Throws `claim/*`, `credential/lint`, `qr/too-big` as drafting does, and the reason of the verifier's for what it does not find
 * valid.
 */
export async function assertIssuable(
  services: Pick<Services, 'now' | 'random'>,
  of: { readonly type: TypeDefinition; readonly facts: LicenceFacts; readonly agencyId: string },
): Promise<void> {
  const { type, facts, agencyId } = of
  // A licence that begins later is judged on its first day.
  const first = dayToNumber(facts.validFrom) * DAY_SECONDS - SHANGHAI_SECONDS
  const now = Math.max(services.now(), first)
  const [cbor, jws, status] = [throwAway('Ed25519'), throwAway('ES256'), throwAway('Ed25519')]
  const [holderCbor, holderJws] = [throwAway('Ed25519'), throwAway('ES256')]
  const order = {
    type,
    facts,
    agency: { id: agencyId, issuerUrl: ISSUER },
    now,
    expiresAt: now + LIFE_SECONDS,
  }
  const issued = await issueLicence({
    ...order,
    signers: { cbor, jws },
    holderKeys: { cbor: holderCbor.publicKey, jws: holderJws.publicKey },
    status: { cbor: { uri: LIST, index: 1 }, jws: { uri: LIST, index: 2 } },
    random: services.random,
  })
  if (type.paper) {
    draftPaper({ ...order, issuerKey: cbor.publicKey, status: { uri: LIST, index: 3 } })
  }
  const trust = await trialTrust({ type, agencyId, issuing: [cbor, jws], status, now })
  const judged = [
    { credential: issued.cbor, holderKey: holderCbor.publicKey },
    { credential: issued.jws, holderKey: holderJws.publicKey },
  ]
  for (const one of judged) {
    const { outcome, reason } = await verifyReceived({ ...one, trust, now })
    if (outcome !== 'valid') throw fault(reason ?? 'credential/lint')
  }
}

function throwAway(algorithm: 'Ed25519' | 'ES256'): Signer {
  return signerFromPrivateJwk(makePrivateJwk(algorithm))
}

async function trialTrust(of: {
  readonly type: TypeDefinition
  readonly agencyId: string
  readonly issuing: readonly Signer[]
  readonly status: Signer
  readonly now: number
}): Promise<Trust> {
  const { type, agencyId, issuing, status, now } = of
  const life = { notBefore: now - LIFE_SECONDS, notAfter: now + LIFE_SECONDS }
  const list = parseTrustList({
    kind: 'onetrip-trust-list',
    format: 2,
    environment: 'trial',
    agencies: [
      {
        id: agencyId,
        name: { 'zh-CN': '试签', en: 'Trial' },
        issuerUrl: ISSUER,
        keys: [
          ...issuing.map(({ publicKey }) => ({
            jwk: publicKeyToJwk(publicKey),
            use: 'issue',
            types: [type.typeCode],
            ...life,
          })),
          { jwk: publicKeyToJwk(status.publicKey), use: 'status', ...life },
        ],
      },
    ],
    offices: [],
  })
  const content = {
    uri: LIST,
    bits: 2,
    statuses: newStatusBits(LIST_ENTRIES, 2),
    issuedAt: now,
    expiresAt: now + LIFE_SECONDS,
    ttlSeconds: 600,
  } as const
  const signed = decodeStatusList(await signStatusListCwt(content, status))
  return buildTrust({
    list,
    version: 1,
    parts: [{ name: 'timestamp', version: 1, signedAt: now }],
    // There is no log of what is thrown away.
    types: [{ ...type, receiptRequired: false }],
    statusLists: [{ list: await openStatusList(signed, status.publicKey), ownerId: agencyId }],
  })
}

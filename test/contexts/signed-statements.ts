/** A good artefact of every type that is one COSE_Sign1 or one compact JWS; who signs it can be another. */
import { decodeQrText, encodeCbor, type Signer, sha256, signSign1 } from '@onetrip/codec'
import { CLAIM, delegateCode, JOSE_TYP, TYP } from '@onetrip/credential'
import { sampleOffices } from '@onetrip/fixtures'
import { issueCounterCertificate } from '@onetrip/issuer'
import { signStatusListCwt, signStatusListJwt } from '@onetrip/status'
import {
  impressionBytes,
  impressionFacts,
  registerBytes,
  sealBytes,
  sealFacts,
} from '../../packages/seal/samples/sample-seals.ts'
import {
  sampleCertificate,
  sampleReceipt,
  sampleRequest,
} from '../../packages/verifier/samples/asking-world.ts'
import { counterProofOf, proofOf, type World } from '../../server/testing/test-world.ts'
import { forgeBinding } from '../vectors/forge-cbor.ts'
import { fixedSalt } from '../vectors/forge-signers.ts'
import {
  copyCode,
  foodCredential,
  foodSdJwt,
  liveBytes,
  liveSdJwt,
  NONCE,
  paperCode,
  requestedCode,
} from '../vectors/vector-case.ts'
import {
  DAY,
  FOOD_TYPE,
  HOUR,
  IDENTITY_TYPE,
  INDEX,
  LIST,
  MARKET,
  NOW,
  OFFICE,
  POLICE,
  seededSigner,
  signers,
  statusIn,
} from '../vectors/vector-cast.ts'
import { KEEPERS, listOf, MAKER_STATUS, MAKERS, OFFICE_ENROL } from './contexts-cast.ts'

/** A type of artefact: who rightly signs it, and how it is made when somebody else does. */
export interface SignedKind {
  readonly by: Signer
  readonly make: (signer: Signer) => Promise<Uint8Array | string>
}

/** Where a proof's nonce comes from, and the key that each proof is about. */
export const PROVER: Signer = signers.holderJws
/** A device that asks to be a counter, and one that is. */
export const DEVICE: Signer = seededSigner('device')

/** Every type by its name; proofs are for the server of `world`. */
export function signedKinds(world: World): Readonly<Record<SignedName, SignedKind>> {
  const [office = ''] = sampleOffices.map(({ id }) => id)
  return {
    'SD-CWT': { by: signers.market, make: (signer) => foodCredential({ signer }) },
    'SD-CWT, live': { by: signers.holder, make: (signer) => liveBytes({}, { signer }) },
    'SD-CWT, requested': {
      by: signers.holder,
      make: async (signer) => decodeQrText(await requestedCode({ signer })),
    },
    'SD-CWT, copy': {
      by: signers.holder,
      make: async (signer) => decodeQrText(await copyCode({ signer })),
    },
    'SD-CWT, delegation': { by: signers.holder, make: delegationTo },
    'SD-CWT, of a delegate': { by: signers.stranger, make: delegatesAnswer },
    'KB-CWT alone': { by: signers.holder, make: keyBindingAlone },
    'paper code': {
      by: signers.market,
      make: async (signer) => decodeQrText(await paperCode({ signer })),
    },
    'SD-JWT VC': { by: signers.marketJws, make: (signer) => foodSdJwt({ signer }) },
    'SD-JWT VC, live': { by: signers.holderJws, make: (signer) => liveSdJwt({}, { signer }) },
    'KB-JWT alone': {
      by: signers.holderJws,
      make: async (signer) => (await liveSdJwt({}, { signer })).split('~').at(-1) ?? '',
    },
    'status list, CWT': {
      by: signers.marketStatus,
      make: (signer) => signStatusListCwt(listOf(LIST.good), signer),
    },
    'status list, JWT': {
      by: signers.marketStatus,
      make: (signer) => signStatusListJwt(listOf(LIST.good), signer),
    },
    'status list of seals': {
      by: MAKER_STATUS,
      make: (signer) => signStatusListCwt(listOf(sealFacts().status.uri), signer),
    },
    'seal register': {
      by: MAKER_STATUS,
      make: async (signer) => {
        const seals = [{ seal: (await sealOf()).cose, state: 'in-use' } as const]
        return registerBytes({ seals }, signer)
      },
    },
    'counter certificate': { by: OFFICE_ENROL, make: counterCertificate },
    'counter request': { by: DEVICE, make: requestOf },
    'counter receipt': { by: DEVICE, make: counterReceipt },
    'counter proof': {
      by: DEVICE,
      make: (signer) => counterProofOf(world, signer, { act: 'enrol', office, name: '一号窗口' }),
    },
    'credential proof': { by: PROVER, make: (signer) => proofOf(world, signer) },
    'withdrawal proof': {
      by: PROVER,
      make: (signer) => proofOf(world, signer, { header: { typ: JOSE_TYP.withdrawal } }),
    },
    'seal, COSE': { by: MAKERS.cose, make: async (cose) => (await sealOf({ cose })).cose },
    'seal, JWS': { by: MAKERS.jws, make: async (jws) => (await sealOf({ jws })).jws },
    'impression, COSE': {
      by: KEEPERS.cose,
      make: async (cose) => (await impressionOf({ cose })).cose,
    },
    'impression, JWS': { by: KEEPERS.jws, make: async (jws) => (await impressionOf({ jws })).jws },
  }
}

/** The names of {@link signedKinds}. */
export type SignedName =
  | 'SD-CWT'
  | 'SD-CWT, live'
  | 'SD-CWT, requested'
  | 'SD-CWT, copy'
  | 'SD-CWT, delegation'
  | 'SD-CWT, of a delegate'
  | 'KB-CWT alone'
  | 'paper code'
  | 'SD-JWT VC'
  | 'SD-JWT VC, live'
  | 'KB-JWT alone'
  | 'status list, CWT'
  | 'status list, JWT'
  | 'status list of seals'
  | 'seal register'
  | 'counter certificate'
  | 'counter request'
  | 'counter receipt'
  | 'counter proof'
  | 'credential proof'
  | 'withdrawal proof'
  | 'seal, COSE'
  | 'seal, JWS'
  | 'impression, COSE'
  | 'impression, JWS'

/** The seal in both forms; a signer of a form that is left out is the maker's. */
export function sealOf(changed: Partial<typeof MAKERS> = {}): ReturnType<typeof sealBytes> {
  const keys = [KEEPERS.cose.publicKey, KEEPERS.jws.publicKey]
  return sealBytes(sealFacts({ keys }), { signers: { ...MAKERS, ...changed } })
}

/** An impression of it on the letter, likewise. */
export async function impressionOf(
  changed: Partial<typeof KEEPERS> = {},
): ReturnType<typeof impressionBytes> {
  const facts = impressionFacts(await sealOf())
  return impressionBytes(facts, { signers: { ...KEEPERS, ...changed } })
}

function counterCertificate(signer: Signer): Promise<Uint8Array> {
  const device = { number: '03', name: '一号窗口', key: DEVICE.publicKey }
  const life = { issuedAt: NOW - DAY, expiresAt: NOW + 20 * DAY }
  return issueCounterCertificate(
    { office: OFFICE, device, matters: ['open-restaurant'], ...life },
    signer,
  )
}

/** A device that may ask, in the header of what it signs; who signs claims to be it. */
async function asDevice({ sign }: Signer) {
  const device = { number: '03', name: '一号窗口', key: DEVICE.publicKey }
  const certificate = await sampleCertificate(NOW, { device }, { enroller: OFFICE_ENROL })
  return { certificate, signer: { publicKey: DEVICE.publicKey, sign } }
}

/** A request by the device, or by who claims to be it. */
export async function requestOf(signer: Signer): Promise<Uint8Array> {
  return sampleRequest(NOW, await asDevice(signer))
}

async function counterReceipt(signer: Signer): Promise<Uint8Array> {
  const shown = [{ material: 'food', type: FOOD_TYPE, issuer: MARKET, claims: [] }]
  const request = { matter: 'open-restaurant', digest: sha256(NONCE) }
  return sampleReceipt(NONCE, { request, shown, now: NOW, ...(await asDevice(signer)) })
}

/** What the holder lets the stranger of the cast answer with. */
function delegationTo(signer: Signer): Promise<Uint8Array> {
  return liveBytes(
    {},
    {
      signer,
      audience: delegateCode(signers.stranger.publicKey),
      issuedAt: NOW - HOUR,
      expiresAt: NOW + 30 * DAY,
      mode: 4,
      claims: [[CLAIM.matter, 'open-restaurant']],
    },
  )
}

/** The stranger's answer with it, known by an identity of their own. */
async function delegatesAnswer(signer: Signer): Promise<Uint8Array> {
  const identity = await foodCredential({
    signer: signers.police,
    iss: POLICE,
    typeCode: IDENTITY_TYPE,
    status: statusIn(LIST.police, INDEX.valid),
    holderKey: signers.stranger.publicKey,
    licence: [
      [1, '3H8V5C1J9P6Z2F4G7Y0S'],
      [3, 17_966],
    ],
    redacted: [[6, '林测试']],
    disclose: [6],
  })
  return forgeBinding(identity, {
    signer,
    audience: OFFICE,
    issuedAt: NOW - 5,
    nonce: NONCE,
    mode: 1,
    typ: TYP.delegatedAnswer,
    claims: [[CLAIM.delegated, [['food', await delegationTo(signers.holder)]]]],
  })
}

/** As it would be with the credential left out (RFC 9901 has one beside it; in CBOR it stands in the header). */
function keyBindingAlone(signer: Signer): Promise<Uint8Array> {
  const payload = encodeCbor(
    new Map<number, string | number | Uint8Array>([
      [3, 'onetrip:live'],
      [6, NOW - 5],
      [39, fixedSalt('alone')],
      [-65538, 2],
    ]),
  )
  return signSign1({ protectedHeader: new Map([[16, 294]]), payload, signer })
}

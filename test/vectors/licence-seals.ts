/** The seals that the sample licence is issued under in the vectors, and the registers that tell of them. */
import { type JsonObject, publicKeyToJwk, type Signer } from '@onetrip/codec'
import { sealReference } from '@onetrip/credential'
import { assembleCose, buildSealRegister, type RegisteredSeal, type SealFacts } from '@onetrip/seal'
import { MAKER_ID, sealBytes, sealFacts } from '../../packages/seal/samples/sample-seals.ts'
import { MAKER_NAME } from '../../packages/seal/samples/sealed-letter.ts'
import { DAY, HOUR, ISSUED_AT, MARKET, NOW, POLICE, seededSigner, signers } from './vector-cast.ts'

const maker = seededSigner('licence seal maker')
const revokedMaker = seededSigner('licence seal maker revoked')
const registrar = seededSigner('licence seal registrar')
const OWN_LIST = 'https://seals.onetrip.example/s/8'
const OTHER_LIST = 'https://seals.onetrip.example/s/9'

/** Changes of a seal, and what its register says of it. */
interface SealCase {
  readonly facts?: Partial<SealFacts>
  readonly maker?: Signer
  /** In use unless said. */
  readonly state?: 'suspended' | 'ended'
  /** Unix seconds. */
  readonly since?: number
  /** The maker's own unless said. */
  readonly register?: 'none' | 'strangers'
}

/** The seals by what is the matter with them. */
export type SealName =
  | 'inUse'
  | 'endedLater'
  | 'endedBefore'
  | 'suspendedLater'
  | 'suspendedBefore'
  | 'begunWithinTheHour'
  | 'notYetValid'
  | 'statedLater'
  | 'lastSecond'
  | 'expired'
  | 'ofThePolice'
  | 'ofAnotherList'
  | 'ofARevokedKey'
  | 'ofAStranger'
  | 'nowhere'
  | 'inAStrangersRegister'

const SEALS: Readonly<Record<SealName, SealCase>> = {
  inUse: {},
  endedLater: { state: 'ended', since: ISSUED_AT + 1 },
  endedBefore: { state: 'ended', since: ISSUED_AT },
  suspendedLater: { state: 'suspended', since: ISSUED_AT + 1 },
  suspendedBefore: { state: 'suspended', since: ISSUED_AT },
  begunWithinTheHour: { facts: { validFrom: ISSUED_AT + HOUR - 1 } },
  notYetValid: { facts: { validFrom: ISSUED_AT + HOUR } },
  statedLater: { facts: { issuedAt: ISSUED_AT + HOUR } },
  lastSecond: { facts: { validTo: ISSUED_AT } },
  expired: { facts: { validTo: ISSUED_AT - 1 } },
  ofThePolice: { facts: { owner: { name: '虚构市公安局云栖区分局', uscc: POLICE } } },
  ofAnotherList: { facts: { status: { uri: OTHER_LIST, index: 1 } } },
  ofARevokedKey: { maker: revokedMaker },
  ofAStranger: { maker: signers.stranger },
  nowhere: { register: 'none' },
  inAStrangersRegister: { register: 'strangers' },
}
const NAMES: readonly string[] = Object.keys(SEALS)

/** The eight bytes by which a licence names a seal. */
export async function referenceOf(name: SealName): Promise<Uint8Array> {
  return sealReference(await sealOf(name))
}

/** The registers, by the number of their status list. */
export async function licenceRegisters(): Promise<Readonly<Record<number, Uint8Array>>> {
  const entries = await Promise.all(NAMES.filter(isSealName).map(entryOf))
  const of = (register: SealCase['register']) =>
    entries.filter((entry) => entry.register === register).map(({ sealed }) => sealed)
  return {
    8: await signRegister(of(undefined), registrar),
    9: await signRegister(of('strangers'), namedAs(signers.stranger, registrar)),
  }
}

/** The maker as the trust list has it. */
export function licenceSealMaker(): JsonObject {
  return {
    id: MAKER_ID,
    name: { ...MAKER_NAME },
    keys: [
      { ...keyEntry(maker), use: 'seal' },
      { ...keyEntry(revokedMaker), use: 'seal', revokedFrom: ISSUED_AT - 90 * DAY },
      { ...keyEntry(registrar), use: 'status' },
    ],
  }
}

function isSealName(name: string): name is SealName {
  return Object.hasOwn(SEALS, name)
}

async function entryOf(name: SealName) {
  const { state, since = 0, register } = SEALS[name]
  const seal = await sealOf(name)
  const sealed: RegisteredSeal =
    state === undefined ? { seal, state: 'in-use' } : { seal, state, since }
  return { register, sealed }
}

async function sealOf(name: SealName): Promise<Uint8Array> {
  const { facts, maker: by = maker } = SEALS[name]
  const number = String(NAMES.indexOf(name) + 1).padStart(8, '0')
  const { cose } = await sealBytes(
    sealFacts({
      id: `339901${number}`,
      name: '虚构市云栖区市场监督管理局电子证照专用章',
      owner: { name: '虚构市云栖区市场监督管理局', uscc: MARKET },
      issuedAt: ISSUED_AT - 30 * DAY,
      validFrom: ISSUED_AT - 30 * DAY,
      validTo: ISSUED_AT + 1000 * DAY,
      status: { uri: OWN_LIST, index: 1 },
      ...facts,
    }),
    { signers: { cose: by, jws: signers.strangerJws } },
  )
  return cose
}

async function signRegister(seals: readonly RegisteredSeal[], signer: Signer): Promise<Uint8Array> {
  const { kid, algorithm } = signer.publicKey
  const facts = { maker: MAKER_ID, statusUri: OWN_LIST, issuedAt: NOW - HOUR, seals }
  const draft = buildSealRegister({ facts, kid, algorithm })
  return assembleCose(draft, await signer.sign(draft.toBeSigned))
}

function namedAs(signer: Signer, other: Signer): Signer {
  return { ...signer, publicKey: { ...signer.publicKey, kid: other.publicKey.kid } }
}

function keyEntry({ publicKey }: Signer): JsonObject {
  return {
    jwk: publicKeyToJwk(publicKey),
    notBefore: ISSUED_AT - 300 * DAY,
    notAfter: ISSUED_AT + 800 * DAY,
  }
}

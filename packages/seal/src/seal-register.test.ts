import {
  type CborKey,
  type CborValue,
  compareBytes,
  decodeCbor,
  encodeCbor,
  isArray,
  isMap,
  sha256,
  signSign1,
} from '@onetrip/codec'
import { beforeAll, describe, expect, test } from 'vitest'
import { codeOf, codeOfAsync } from '../samples/code-of.ts'
import {
  flipBit,
  MAKER,
  MAKER_ID,
  REGISTRAR,
  registerBytes,
  SEALED_AT,
  STRANGER,
  sealBytes,
  sealFacts,
  trustOf,
} from '../samples/sample-seals.ts'
import { CLAIM, HEADER, TYP } from './labels.ts'
import { openSealRegister } from './open-seal-register.ts'
import {
  buildSealRegister,
  MAX_REGISTERED_SEALS,
  MAX_SEAL_REGISTER_BYTES,
  parseSealRegister,
  type RegisteredSeal,
  type SealRegisterFacts,
} from './seal-register.ts'
import { MAX_SEAL_BYTES } from './seal-statement.ts'

const ids = ['33990100000017', '33990100000018', '33990100000019']
const [inUse, suspended, ended] = await Promise.all(
  ids.map(async (id) => (await sealBytes(sealFacts({ id }))).cose),
)
const SEALS = [
  { seal: inUse, state: 'in-use' },
  { seal: suspended, state: 'suspended', since: SEALED_AT - 7 },
  { seal: ended, state: 'ended', since: SEALED_AT - 9 },
] as readonly RegisteredSeal[]
const register = await registerBytes({ seals: SEALS })
const maker = trustOf().sealMaker(MAKER_ID)
const { kid, algorithm } = REGISTRAR.publicKey

describe('a register', () => {
  test('states what was ordered, the seals in their one order', () => {
    const { facts, kid: named } = parseSealRegister(register)
    const seals = SEALS.toSorted((a, b) => compareBytes(sha256(a.seal), sha256(b.seal)))
    const { uri } = sealFacts().status
    expect(facts).toEqual({ maker: MAKER_ID, statusUri: uri, issuedAt: SEALED_AT, seals })
    expect(named).toEqual(kid)
  })

  test('may be empty', async () => {
    expect(parseSealRegister(await registerBytes()).facts.seals).toEqual([])
  })

  test('of as many seals as it may have is within its limits', async () => {
    const seals = Array.from({ length: MAX_REGISTERED_SEALS }, (_, at) => fakeSeal(at, 1000))
    const bytes = await registerBytes({ seals })
    expect(bytes.length).toBeLessThan(MAX_SEAL_REGISTER_BYTES)
    expect(parseSealRegister(bytes).facts.seals).toHaveLength(MAX_REGISTERED_SEALS)
  })

  test.each<[string, Partial<SealRegisterFacts>]>([
    ['a maker without a code', { maker: 'x' }],
    ['an address that is none', { statusUri: 'x' }],
    ['a time before 1970', { issuedAt: -1 }],
    ['half a second', { issuedAt: 0.5 }],
    ['a seal twice', { seals: [...SEALS, ...SEALS.slice(0, 1)] }],
    ['no seal', { seals: [{ seal: new Uint8Array(), state: 'in-use' }] }],
    ['more than a seal', { seals: [fakeSeal(1, MAX_SEAL_BYTES + 1)] }],
    ['one too many', { seals: Array.from({ length: 4097 }, (_, at) => fakeSeal(at, 8)) }],
    ['too much', { seals: Array.from({ length: 4096 }, (_, at) => fakeSeal(at, 1024)) }],
  ])('never states %s: the caller is at fault', (_name, changes) => {
    const facts = { ...parseSealRegister(register).facts, ...changes }
    expect(() => buildSealRegister({ facts, kid, algorithm })).toThrow(TypeError)
  })
})

describe('what is refused', () => {
  test.each<[string, () => CborValue, string]>([
    ['another claim', () => claimsWith(CLAIM.exp, SEALED_AT), 'seal/format'],
    ['no time', () => claimsWith(CLAIM.iat, null), 'time/format'],
    ['a maker of another form', () => claimsWith(CLAIM.iss, 1), 'seal/format'],
    ['a maker without a code', () => claimsWith(CLAIM.iss, 'x'), 'seal/format'],
    ['seals that are no list', () => claimsWith(CLAIM.register, 'x'), 'seal/format'],
    ['an entry that is no list', () => entries(() => 'x'), 'seal/format'],
    ['a seal that is text', () => entries(([, ...rest]) => ['x', ...rest]), 'seal/format'],
    ['an empty seal', () => entries(([, ...rest]) => [new Uint8Array(), ...rest]), 'seal/format'],
    [
      'a state of another number',
      () => entries(([seal = null]) => [seal, 3, SEALED_AT]),
      'seal/format',
    ],
    ['a state below 0', () => entries(([seal = null]) => [seal, -1]), 'seal/format'],
    ['a state that is text', () => entries(([seal = null]) => [seal, 'length']), 'seal/format'],
    ['an end without a time', () => entries(([seal = null]) => [seal, 2]), 'time/format'],
    [
      'a time for what is in use',
      () => entries(([seal = null]) => [seal, 0, SEALED_AT]),
      'seal/format',
    ],
    ['a fourth member', () => entries(([seal = null]) => [seal, 1, SEALED_AT, 1]), 'seal/format'],
    ['seals in another order', () => reordered((all) => all.toReversed()), 'seal/format'],
    ['a seal twice', () => reordered(([first = null]) => [first, first]), 'seal/format'],
  ])('%s', async (_name, payload, code) => {
    const bytes = await signed(encodeCbor(payload()))
    expect(codeOf(() => parseSealRegister(bytes))).toBe(code)
  })

  test('another statement, and a register as one', async () => {
    expect(codeOf(() => parseSealRegister(inUse ?? register))).toBe('seal/wrong-type')
    const { payload } = parseSealRegister(register).sign1
    for (const typ of [TYP.seal, TYP.impression, 65001, 65002]) {
      const bytes = await signed(payload, { typ })
      expect(codeOf(() => parseSealRegister(bytes))).toBe('seal/wrong-type')
    }
  })

  test('more than a register may have', () => {
    const large = new Uint8Array(MAX_SEAL_REGISTER_BYTES + 1)
    expect(codeOf(() => parseSealRegister(large))).toBe('seal/format')
  })

  test('a header that is not ours', async () => {
    const { payload } = parseSealRegister(register).sign1
    const bytes = await signed(payload, { more: [[5, 1]] })
    expect(codeOf(() => parseSealRegister(bytes))).toBe('seal/format')
  })

  test('any bit turned', async () => {
    const codes = new Set<string>()
    for (let bit = 0; bit < register.length * 8; bit += 31) {
      codes.add(await codeOfAsync(() => openSealRegister(flipBit(register, bit), maker)))
    }
    expect(codes.has('accepted')).toBe(false)
    expect(codes.has('signature/invalid')).toBe(true)
  })
})

describe('opening', () => {
  const open = (bytes: Uint8Array, by = maker): Promise<string> =>
    codeOfAsync(() => openSealRegister(bytes, by))
  const makerWith = (changes: object) =>
    maker && { ...maker, keys: maker.keys.map((key) => ({ ...key, ...changes })) }

  test('is for the maker who signed it, parsed before or not', async () => {
    expect(await open(register)).toBe('accepted')
    const parsed = parseSealRegister(register)
    expect(await openSealRegister(parsed, maker)).toBe(parsed)
  })

  test('no maker, or another', async () => {
    expect(await codeOfAsync(() => openSealRegister(register, undefined))).toBe(
      'seal/maker-unknown',
    )
    expect(await open(register, maker && { ...maker, id: sealFacts().owner.uscc })).toBe(
      'seal/maker-unknown',
    )
  })

  test.each([
    ['a stranger’s key', STRANGER.cose, 'key/unknown'],
    ['the key for seals', MAKER.cose, 'key/unknown'],
  ])('%s', async (_name, signer, code) => {
    expect(await open(await registerBytes({ seals: SEALS }, signer))).toBe(code)
  })

  test.each([
    ['begins later', { notBefore: SEALED_AT + 1 }, 'key/outside-validity'],
    ['ended before', { notAfter: SEALED_AT - 1 }, 'key/outside-validity'],
    ['was revoked', { revokedFrom: SEALED_AT }, 'key/revoked'],
    ['is of that moment', { notBefore: SEALED_AT, notAfter: SEALED_AT }, 'accepted'],
  ])('the key %s', async (_name, changes, code) => {
    expect(await open(register, makerWith(changes))).toBe(code)
  })

  test('a key of that name for another algorithm', async () => {
    const changed = maker && {
      ...maker,
      keys: maker.keys.map((entry) =>
        entry.use === 'status'
          ? { ...entry, key: { ...MAKER.jws.publicKey, kid: entry.key.kid } }
          : entry,
      ),
    }
    expect(await open(register, changed)).toBe('algorithm/not-allowed')
  })
})

let claims: ReadonlyMap<CborKey, CborValue>
beforeAll(() => {
  const decoded = decodeCbor(parseSealRegister(register).sign1.payload)
  if (!isMap(decoded)) throw new TypeError('no map')
  claims = decoded
})

function claimsWith(key: number, value: CborValue): CborValue {
  return new Map(claims).set(key, value)
}

function reordered(change: (all: readonly CborValue[]) => readonly CborValue[]): CborValue {
  const all = claims.get(CLAIM.register)
  return claimsWith(CLAIM.register, change(isArray(all) ? all : []))
}

function entries(change: (entry: readonly CborValue[]) => CborValue): CborValue {
  return reordered((all) => all.slice(0, 1).map((one) => change(isArray(one) ? one : [])))
}

function fakeSeal(number: number, length: number): RegisteredSeal {
  const seal = new Uint8Array(length)
  new DataView(seal.buffer).setUint32(0, number)
  return { seal, state: 'in-use' }
}

function signed(
  payload: Uint8Array,
  { typ = TYP.register, more = [] }: { typ?: number; more?: readonly [number, number][] } = {},
): Promise<Uint8Array> {
  const protectedHeader = new Map<CborKey, CborValue>([
    [HEADER.kid, kid],
    [HEADER.typ, typ],
    ...more,
  ])
  return signSign1({ protectedHeader, payload, signer: REGISTRAR })
}

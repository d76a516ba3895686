import { generateKeyPairSync } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import {
  type Algorithm,
  encodeCbor,
  fromHex,
  isObject,
  parseJson,
  type Signer,
  signerFromPrivateJwk,
  signJws,
  signSign1,
  toBase64url,
} from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { signStatusListCwt, signStatusListJwt } from './sign-status-list.ts'
import { newStatusBits, setStatus } from './status-bits.ts'
import { decodeStatusList, openStatusList } from './status-list.ts'

const MIB = 2 ** 20
const URI = 'https://example.com/s/1'
const NOW = 1_790_000_000

function signerFor(algorithm: Algorithm): Signer {
  const pair =
    algorithm === 'Ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = parseJson(JSON.stringify(pair.privateKey.export({ format: 'jwk' })))
  if (!isObject(jwk)) throw new TypeError('a JWK is an object')
  return signerFromPrivateJwk(jwk)
}

const signer = signerFor('Ed25519')
const key = signer.publicKey

function content(changes: Partial<Parameters<typeof signStatusListCwt>[0]> = {}) {
  const statuses = newStatusBits()
  setStatus({ statuses, bits: 2, index: 9 }, 1)
  setStatus({ statuses, bits: 2, index: 65_535 }, 2)
  const times = { issuedAt: NOW, expiresAt: NOW + 86_400, ttlSeconds: 3_600 }
  return { uri: URI, bits: 2 as const, statuses, ...times, ...changes }
}

/** A list in JSON form with any claims at all, signed well. */
function foreignList(
  claims: Record<string, string | number | boolean | null>,
  list: Record<string, string | number>,
) {
  const payload = {
    sub: URI,
    iat: NOW,
    ...claims,
    status_list: { bits: 1, lst: 'eNrbuRgAAhcBXQ', ...list },
  }
  return signJws({ header: { typ: 'statuslist+jwt' }, payload, signer })
}

function refused(code: string) {
  return expect.objectContaining({ code })
}

describe('a list of our own', () => {
  test.each<Algorithm>(['Ed25519', 'ES256'])(
    '%s: reads the same in both forms',
    async (algorithm) => {
      const own = signerFor(algorithm)
      for (const token of [
        await signStatusListCwt(content(), own),
        await signStatusListJwt(content(), own),
      ]) {
        const decoded = decodeStatusList(token)
        expect(decoded.kid).toEqual(own.publicKey.kid)
        const list = await openStatusList(decoded, own.publicKey)
        expect(list).toMatchObject({
          uri: URI,
          issuedAt: NOW,
          size: 65_536,
          bits: 2,
          ttlSeconds: 3_600,
        })
        expect([0, 8, 9, 10, 65_534, 65_535].map(list.get)).toEqual([0, 0, 1, 0, 0, 2])
        for (const index of [65_536, -1, 2 ** 53, 1.5]) {
          expect(() => list.get(index)).toThrow(refused('status/index'))
        }
      }
    },
  )

  test('ST13: a list that revokes everything is not signed', async () => {
    const statuses = newStatusBits().fill(0x55)
    await expect(signStatusListCwt(content({ statuses }), signer)).rejects.toThrow(
      refused('status/sentinel'),
    )
    await expect(signStatusListJwt(content({ statuses }), signer)).rejects.toThrow(
      refused('status/sentinel'),
    )
  })

  test('ST13: a signer of another key is found before the list goes out', async () => {
    const wrong: Signer = { publicKey: key, sign: (data) => signerFor('Ed25519').sign(data) }
    await expect(signStatusListCwt(content(), wrong)).rejects.toThrow(refused('signature/invalid'))
  })

  test('the caller is at fault for impossible content', async () => {
    await expect(signStatusListCwt(content({ uri: 'x' }), signer)).rejects.toThrow(TypeError)
    await expect(signStatusListCwt(content({ expiresAt: NOW }), signer)).rejects.toThrow(TypeError)
  })

  test('every flipped bit of the CWT is refused or leaves the list unopened', async () => {
    const token = await signStatusListCwt(content(), signer)
    for (let at = 0; at < token.length; at += 1) {
      const changed = token.with(at, (token[at] ?? 0) ^ 1)
      await expect(
        (async () => openStatusList(decodeStatusList(changed), key))(),
      ).rejects.toHaveProperty('code')
    }
  })
})

describe('a list from outside', () => {
  test('another key, and another algorithm', async () => {
    const decoded = decodeStatusList(await signStatusListCwt(content(), signer))
    const { publicKey } = signerFor('Ed25519')
    await expect(openStatusList(decoded, publicKey)).rejects.toThrow(refused('signature/invalid'))
    const es256 = signerFor('ES256').publicKey
    await expect(openStatusList(decoded, es256)).rejects.toThrow(refused('algorithm/not-allowed'))
  })

  test('ST01: a bomb is decoded, then refused while it inflates', async () => {
    const lst = deflateSync(new Uint8Array(128 * MIB), { level: 9 })
    const claims = new Map<number, number | string | ReadonlyMap<string, number | Uint8Array>>([
      [2, URI],
      [6, NOW],
      [
        65_533,
        new Map<string, number | Uint8Array>([
          ['bits', 2],
          ['lst', Uint8Array.from(lst)],
        ]),
      ],
    ])
    const protectedHeader = new Map([[16, 'application/statuslist+cwt']])
    const bomb = await signSign1({ protectedHeader, payload: encodeCbor(claims), signer })
    const decoded = decodeStatusList(bomb)
    const before = process.memoryUsage()
    await expect(openStatusList(decoded, key)).rejects.toThrow(refused('status/too-large'))
    const after = process.memoryUsage()
    const grown = after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers
    expect(grown).toBeLessThan(32 * MIB)
  })

  test('one more than 2^20 entries, and more than 512 KiB', async () => {
    const lst = toBase64url(Uint8Array.from(deflateSync(new Uint8Array(131_073))))
    const decoded = decodeStatusList(await foreignList({}, { lst }))
    await expect(openStatusList(decoded, key)).rejects.toThrow(refused('status/too-large'))
    expect(() => decodeStatusList(new Uint8Array(524_289))).toThrow(refused('status/too-large'))
  })

  test.each([3, 0, 16, '1', 1.5])('ST04: bits %j', async (bits) => {
    const token = await foreignList({}, { bits })
    expect(() => decodeStatusList(token)).toThrow(refused('status/bits'))
  })

  test('ST04: the draft counts from the least significant bit; a list packed the other way reads otherwise', async () => {
    const mirrored = toBase64url(Uint8Array.from(deflateSync(fromHex('9dc5'))))
    const ours = await openStatusList(decodeStatusList(await foreignList({}, {})), key)
    const other = await openStatusList(
      decodeStatusList(await foreignList({}, { lst: mirrored })),
      key,
    )
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(ours.get)).toEqual([1, 0, 0, 1, 1, 1, 0, 1])
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(other.get)).toEqual([1, 0, 1, 1, 1, 0, 0, 1])
  })

  test.each([
    { ttl: 0, expected: 60 },
    { ttl: 59, expected: 60 },
    { ttl: 3_600, expected: 3_600 },
    { ttl: 1e12, expected: 86_400 },
  ])('ST07: ttl $ttl counts as $expected', async ({ ttl, expected }) => {
    expect(decodeStatusList(await foreignList({ ttl }, {})).ttlSeconds).toBe(expected)
  })

  test.each<[Record<string, string | number | null>, string]>([
    [{ ttl: -1 }, 'status/format'],
    [{ ttl: '60' }, 'status/format'],
    [{ ttl: 1.5 }, 'status/format'],
    [{ sub: 'not a uri' }, 'status/format'],
    [{ sub: null }, 'status/format'],
    [{ iat: '1790000000' }, 'time/format'],
    [{ exp: -1 }, 'time/format'],
    [{ exp: null }, 'time/format'],
  ])('claims %j are %s', async (claims, code) => {
    const token = await foreignList(claims, {})
    expect(() => decodeStatusList(token)).toThrow(refused(code))
  })

  test('another type of artefact', async () => {
    const payload = { sub: URI, iat: NOW, status_list: { bits: 1, lst: 'eNrbuRgAAhcBXQ' } }
    const jwt = await signJws({ header: { typ: 'dc+sd-jwt' }, payload, signer })
    expect(() => decodeStatusList(jwt)).toThrow(refused('status/format'))
    const protectedHeader = new Map([[16, 'application/cwt']])
    const cwt = await signSign1({ protectedHeader, payload: encodeCbor(new Map()), signer })
    expect(() => decodeStatusList(cwt)).toThrow(refused('status/format'))
  })

  test('gzip in the place of zlib', async () => {
    const decoded = decodeStatusList(await foreignList({}, { lst: 'H4sIAAAAAAAAAwMAAAAAAAAAAAA' }))
    await expect(openStatusList(decoded, key)).rejects.toThrow(refused('status/format'))
  })
})

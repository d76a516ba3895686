/** Wycheproof's JWS and JWK vectors: our algorithms by every engine, all others refused by name. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { outsideVectors } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import type { Engine } from '../../packages/codec/src/engine.ts'
import { verifyWith } from '../../packages/codec/src/engine.ts'
import { Fault, fault } from '../../packages/codec/src/errors.ts'
import { nobleEngine } from '../../packages/codec/src/fallback-noble.ts'
import { isObject, type JsonObject } from '../../packages/codec/src/json-value.ts'
import { decodeJws, type Jws, verifyJws } from '../../packages/codec/src/jws.ts'
import { type PublicKey, publicKeyFromJwk } from '../../packages/codec/src/keys.ts'
import { nodeEngine } from '../../packages/codec/src/platform-node.ts'
import { webcryptoEngine } from '../../packages/codec/src/webcrypto-engine.ts'

interface Group {
  readonly comment: string
  readonly public?: JsonObject
  readonly private?: JsonObject
  readonly tests: readonly {
    readonly tcId: number
    readonly comment: string
    readonly jws: string
    readonly result: 'valid' | 'invalid'
  }[]
}

/** The file calls a header with a `?` in its base64url valid; RFC 7515 §2 has no such character. */
const STRAY_CHARACTER = 372

type VerifyJws = (jws: Jws, key: PublicKey) => Promise<void>

const paths: Readonly<Record<string, VerifyJws>> = {
  'jose on the platform': verifyJws,
  node: byEngine(nodeEngine),
  webcrypto: byEngine(webcryptoEngine),
  noble: byEngine(nobleEngine),
}

describe.skipIf(outsideVectors === undefined)('Wycheproof JSON Web Signature', () => {
  const groups = readGroups('json_web_signature_test.json')
  const ours = groups.filter((group) => jwkOf(group)['crv'] === 'P-256')
  const others = groups.filter((group) => jwkOf(group)['crv'] !== 'P-256')

  test('the file has the cases we know', () => {
    expect(groups.flatMap(({ tests }) => tests)).toHaveLength(401)
    expect(ours.flatMap(({ tests }) => tests)).toHaveLength(15 + 24 + 2)
  })

  for (const [name, verify] of Object.entries(paths)) {
    test(`ES256: ${name}`, async () => {
      for (const group of ours) {
        for (const { tcId, comment, jws, result } of group.tests) {
          const code = await codeOf(jws, jwkOf(group), verify)
          const isValid = code === 'valid'
          expect(isValid, `${tcId} ${comment}: ${code}`).toBe(result === 'valid')
        }
      }
    })
  }

  test('ES256: every way gives the same code', async () => {
    for (const group of ours) {
      for (const { tcId, jws } of group.tests) {
        const codes = await Promise.all(
          Object.values(paths).map((verify) => codeOf(jws, jwkOf(group), verify)),
        )
        expect(new Set(codes).size, `${tcId}: ${codes.join(', ')}`).toBe(1)
      }
    }
  })

  test('other algorithms are refused by name, however good the signature', () => {
    for (const { tests } of others) {
      for (const { tcId, jws, result } of tests) {
        const code = decodingCode(jws)
        if (tcId === STRAY_CHARACTER) expect(code).toBe('encoding/base64url')
        else if (result === 'valid') expect(code, `${tcId}`).toBe('algorithm/not-allowed')
        else expect(code, `${tcId}`).not.toBe('valid')
      }
    }
  })
})

describe.skipIf(outsideVectors === undefined)('Wycheproof JSON Web Key', () => {
  test('no key of its file is one of ours that may be used, but for good ES256 keys', () => {
    const keys = readGroups('json_web_key_test.json').flatMap((group) => {
      const members = jwkOf(group)['keys']
      const isBad = group.tests.every(({ result }) => result === 'invalid')
      return Array.isArray(members) && isBad ? members.filter(isObject) : []
    })
    expect(keys.length).toBeGreaterThan(20)
    const accepted = keys.filter((jwk) => {
      try {
        publicKeyFromJwk(jwk)
        return true
      } catch (error) {
        expect(error).toMatchObject({ code: 'key/format' })
        return false
      }
    })
    // The first group is refused for its set (a valid ES256 key beside a symmetric one), not this key.
    expect(accepted.map(({ kid }) => kid)).toEqual(['kid-ec-sign'])
  })
})

function byEngine(engine: Engine): VerifyJws {
  return async ({ algorithm, signature, signingInput }, key) => {
    if (algorithm !== key.algorithm) throw fault('algorithm/not-allowed')
    const data = new TextEncoder().encode(signingInput)
    if (!(await verifyWith(engine, { key, signature, data }))) throw fault('signature/invalid')
  }
}

async function codeOf(jws: string, jwk: JsonObject, verify: VerifyJws): Promise<string> {
  try {
    await verify(decodeJws(jws), publicKeyFromJwk(jwk))
    return 'valid'
  } catch (error) {
    return codeOfFault(error)
  }
}

function decodingCode(jws: string): string {
  try {
    decodeJws(jws)
    return 'valid'
  } catch (error) {
    return codeOfFault(error)
  }
}

function codeOfFault(error: unknown): string {
  if (error instanceof Fault) return error.code
  throw error
}

function jwkOf(group: Group): JsonObject {
  return group.public ?? group.private ?? {}
}

function readGroups(name: string): readonly Group[] {
  const path = join(outsideVectors ?? '', 'wycheproof/testvectors_v1', name)
  const file: { readonly testGroups: readonly Group[] } =
    outsideVectors === undefined ? { testGroups: [] } : JSON.parse(readFileSync(path, 'utf8'))
  return file.testGroups
}

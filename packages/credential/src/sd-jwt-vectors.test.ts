/**
 * The inputs of the SD-JWT reference implementation and of SD-JWT VC (../shared/vectors), issued and opened
 * by our code; and the signed SD-JWT VC with key binding of OpenID4VP 1.0.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  encodeJson,
  isObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  publicKeyFromJwk,
  signerFromPrivateJwk,
  signJws,
  verifyJws,
} from '@onetrip/codec'
import { outsideVectors } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { isMap, isScalar, isSeq, parse, parseDocument } from 'yaml'
import { seededRandom } from '../samples/testkit.ts'
import { encodeJsonDisclosure, jsonDisclosureDigest } from './json-disclosures.ts'
import { parseJwtKeyBinding } from './kb-jwt.ts'
import { openSdJwt } from './sd-jwt.ts'

const vectors = outsideVectors ?? ''
const folders = outsideVectors === undefined ? [] : specificationFolders()

describe.skipIf(outsideVectors === undefined)('SD-JWT specifications', () => {
  test('all are there', () => {
    expect(folders.length).toBe(35)
  })

  test.each(folders)('%s', async (folder) => {
    const text = readFileSync(join(folder, 'specification.yml'), 'utf8')
    const { contents } = parseDocument(text, { logLevel: 'silent' })
    const claims = isMap(contents) ? contents.get('user_claims', true) : undefined
    const { holder_disclosed_claims: chosen, expect_verified_user_claims: expected } = parse(
      text.replaceAll('!sd', ''),
      { logLevel: 'silent' },
    )
    const issuer = new SpecificationIssuer()
    const payload = objectIn(issuer.redact(claims))

    const whole = openSdJwt(await issuer.sign(payload, issuer.disclosures))
    expect(plain(whole.opened)).toEqual(plain(withoutMarks(claims)))
    expect(whole.hiddenCount).toBe(0)

    const selected = issuer.select(payload, chosen)
    const shown = openSdJwt(await issuer.sign(payload, selected))
    expect(shown.disclosures.length).toBe(selected.length)
    if (expected !== undefined) expect(plain(shown.opened)).toEqual(expected)
  })
})

describe.skipIf(outsideVectors === undefined)('OpenID4VP 1.0 sd_jwt_vcld/01', () => {
  const folder = join(vectors, 'openid4vp-examples/1.0/examples/sd_jwt_vcld')

  test('issuer signature, key binding and disclosed claims', async () => {
    const settings = parse(readFileSync(join(folder, 'settings.yml'), 'utf8'))
    const { d: _, ...issuerJwk } = settings.key_settings.issuer_keys[0]
    const { jws, signed, opened, presented, keyBindingText = '' } = openSdJwt(presentation())
    await verifyJws(jws, publicKeyFromJwk(issuerJwk))
    const expected = readFileSync(join(folder, '01/verified_contents.json'), 'utf8')
    expect(plain(opened)).toEqual(JSON.parse(expected))

    const keyBinding = parseJwtKeyBinding(keyBindingText, presented)
    const holderKey = publicKeyFromJwk(objectIn(objectIn(signed['cnf'])['jwk']))
    await keyBinding.verify(holderKey)
    const { mode, nonce, audience, issuedAt } = keyBinding
    expect({ mode, nonce, audience, issuedAt }).toEqual({
      mode: undefined,
      nonce: '1234567890',
      audience: 'https://verifier.example.org',
      issuedAt: 1744743394,
    })
  })

  test('with one more or one less disclosure the key binding fails', async () => {
    const { signed, presented, keyBindingText = '' } = openSdJwt(presentation())
    const holderKey = publicKeyFromJwk(objectIn(objectIn(signed['cnf'])['jwk']))
    const without = presented.slice(0, presented.indexOf('~') + 1)
    const keyBinding = parseJwtKeyBinding(keyBindingText, without)
    await expect(keyBinding.verify(holderKey)).rejects.toThrow('key-binding/sd-hash')
  })

  function presentation(): string {
    const text = readFileSync(join(folder, '01/sd_jwt_presentation.txt'), 'utf8')
    return text.replaceAll(/\s/g, '')
  }
})

/** Issues what a specification marks with `!sd`, with our disclosures and the published example key. */
class SpecificationIssuer {
  readonly disclosures: string[] = []
  private readonly byDigest = new Map<string, string>()
  private readonly random = seededRandom('specification')

  redact(node: unknown): JsonValue {
    if (isMap(node)) {
      const object: Record<string, JsonValue> = {}
      const digests: string[] = []
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.value) : ''
        const inner = this.redact(value)
        if (isScalar(key) && key.tag === '!sd') digests.push(this.disclose(inner, name))
        else object[name] = inner
      }
      return digests.length === 0 ? object : { ...object, _sd: digests.sort() }
    }
    if (isSeq(node)) {
      return node.items.map((item) => {
        const inner = this.redact(item)
        return hasMark(item) ? { '...': this.disclose(inner) } : inner
      })
    }
    return scalarOf(node)
  }

  async sign(payload: JsonObject, disclosures: readonly string[]): Promise<string> {
    const file = join(vectors, 'sd-jwt-python-testcases/examples/settings.yml')
    const settings = parse(readFileSync(file, 'utf8'))
    const signer = signerFromPrivateJwk(settings.key_settings.issuer_keys[0])
    const jwt = await signJws({ header: {}, payload: { ...payload, _sd_alg: 'sha-256' }, signer })
    return `${[jwt, ...disclosures].join('~')}~`
  }

  /** The disclosures of the holder's choice, as the reference implementation reads it. */
  select(payload: JsonValue, chosen: unknown): string[] {
    if (Array.isArray(payload)) {
      const choices = Array.isArray(chosen) ? chosen : []
      return payload.slice(0, choices.length).flatMap((element, index) => {
        const choice: unknown = choices[index]
        const digest = isObject(element) ? element['...'] : undefined
        if (typeof digest !== 'string') return this.select(element, choice)
        return choice === false || choice === null ? [] : this.take(digest, choice)
      })
    }
    if (!isObject(payload)) return []
    const choices: Record<string, unknown> = isChoice(chosen) ? chosen : {}
    const nested = Object.keys(payload).filter((name) => name !== '_sd')
    const digests = Array.isArray(payload['_sd']) ? payload['_sd'] : []
    return [
      ...nested.flatMap((name) => this.select(payload[name] ?? null, choices[name])),
      ...digests.flatMap((digest) => {
        const [, name] = this.partsOf(String(digest))
        const choice = choices[String(name)]
        return isTruthy(choice) ? this.take(String(digest), choice) : []
      }),
    ]
  }

  private disclose(value: JsonValue, name?: string): string {
    const disclosure = encodeJsonDisclosure(this.random(16), value, name)
    const digest = jsonDisclosureDigest(disclosure)
    this.disclosures.push(disclosure)
    this.byDigest.set(digest, disclosure)
    return digest
  }

  private take(digest: string, choice: unknown): string[] {
    const parts = this.partsOf(digest)
    return [this.byDigest.get(digest) ?? '', ...this.select(parts.at(-1) ?? null, choice)]
  }

  private partsOf(digest: string): readonly JsonValue[] {
    const text = Buffer.from(this.byDigest.get(digest) ?? '', 'base64url').toString('utf8')
    const parts = parseJson(text)
    if (!Array.isArray(parts)) throw new TypeError('not a disclosure')
    return parts
  }
}

function specificationFolders(): string[] {
  const roots = ['sd-jwt-python-testcases/tests/testcases', 'sd-jwt-python-testcases/examples']
  return [...roots, 'sd-jwt-vc-spec/examples'].flatMap((root) =>
    readdirSync(join(vectors, root), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(vectors, root, entry.name)),
  )
}

function withoutMarks(node: unknown): JsonValue {
  if (isMap(node)) {
    const members = node.items.map(({ key, value }) => [
      isScalar(key) ? String(key.value) : '',
      withoutMarks(value),
    ])
    return Object.fromEntries(members)
  }
  return isSeq(node) ? node.items.map(withoutMarks) : scalarOf(node)
}

/** A scalar's value; a marked one is read again, since an unknown tag makes it a text. */
function scalarOf(node: unknown): JsonValue {
  if (!isScalar(node)) return null
  const isMarkedPlain = node.tag === '!sd' && node.type === 'PLAIN'
  return parseJson(JSON.stringify(isMarkedPlain ? parse(String(node.value)) : node.value))
}

function hasMark(node: unknown): boolean {
  return (isMap(node) || isSeq(node) || isScalar(node)) && node.tag === '!sd'
}

function isTruthy(choice: unknown): boolean {
  if (Array.isArray(choice)) return choice.length > 0
  return isChoice(choice) ? Object.keys(choice).length > 0 : choice === true
}

function isChoice(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objectIn(value: JsonValue | undefined): JsonObject {
  if (!isObject(value)) throw new TypeError('not an object')
  return value
}

/** With ordinary prototypes, for comparing. */
function plain(value: JsonValue): unknown {
  return JSON.parse(encodeJson(value))
}

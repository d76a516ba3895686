import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { encodeCbor, fromHex, signerFromPrivateJwk, signSign1, utf8Encode } from '@onetrip/codec'
import { TYP } from '@onetrip/credential'
import { licenceTypes, testKeys } from '@onetrip/fixtures'
import { newStatusBits, signStatusListCwt, signStatusListJwt } from '@onetrip/status'
import { afterAll, describe, expect, test } from 'vitest'
import { runInspect } from './inspect-command.ts'
import { quietContext } from './quiet-context.ts'

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures/vectors')
const folder = mkdtempSync(join(tmpdir(), 'onetrip-inspect-'))
const signer = signerFromPrivateJwk({ ...testKeys.marketIssueCbor })

afterAll(() => rmSync(folder, { recursive: true }))

interface Told {
  readonly exit: number
  readonly text: string
}

async function told(input: string | Uint8Array, ...args: readonly string[]): Promise<Told> {
  const bytes = typeof input === 'string' ? utf8Encode(input) : input
  const lines: string[] = []
  const context = quietContext({
    args: ['-', ...args],
    readInput: async (maxBytes) => bytes.subarray(0, maxBytes),
    print: (line) => lines.push(line),
  })
  return { exit: await runInspect(context), text: lines.join('\n') }
}

async function toldJson(input: string | Uint8Array) {
  const { exit, text } = await told(input, '--json')
  return { exit, ...JSON.parse(text) }
}

describe('what is ours', () => {
  test('the frames of an animated code are one thing', async () => {
    const { text } = readJson('verifier/frames-valid').input
    const [first = '', ...others] = text.split('\n')
    expect(await toldJson(`${text}\n`)).toMatchObject({
      exit: 0,
      kind: 'kb-cwt',
      parts: { qr: { frames: 1 + others.length, characters: first.length } },
    })
  })

  test('a delegation, and the delegate’s answer with it', async () => {
    const given = readJson('asking/delegation-valid').input
    expect(await toldJson(fromHex(given.hex))).toMatchObject({
      exit: 0,
      kind: 'delegation',
      parts: {
        payload: { mode: 4, matter: 'open-restaurant', aud: expect.stringMatching(/^key:/) },
      },
    })
    const answered = readJson('asking/delegated-valid').input
    const inside = { material: 'identity', presentation: { payload: { mode: 4 } } }
    expect(await toldJson(fromHex(answered.hex))).toMatchObject({
      exit: 0,
      kind: 'delegated-answer',
      parts: {
        payload: { delegated: [{ material: 'business-licence' }, inside] },
        credential: { payload: { licence: { name: '林测试' } } },
      },
    })
  })

  test('a live code: sizes, key binding, credential, claims by name, dates', async () => {
    const { text } = readJson('verifier/live-valid').input
    const inspection = await toldJson(`${text}\n`)
    expect(inspection).toMatchObject({
      exit: 0,
      kind: 'kb-cwt',
      verified: false,
      parts: {
        qr: { characters: text.length, versionL: expect.any(Number) },
        header: { typ: TYP.kbCwt, kcwt: '(below)', algorithm: 'Ed25519' },
        payload: { aud: 'onetrip:live', iat: '2026-12-01T01:09:55Z', mode: 2 },
        credential: {
          header: { typ: TYP.sdCwt },
          payload: {
            cnf: { algorithm: 'Ed25519', thumbprint: expect.stringMatching(/^[\w-]{43}$/) },
            licence: {
              type: '食品经营许可证',
              validFrom: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
            },
          },
        },
      },
    })
    const { credential } = inspection.parts
    expect(credential.payload.licence.name).toContain('虚构市')
    expect(credential.disclosures[0].digest).toMatch(/^[0-9a-f]{64}$/)
    expect(credential.hidden).toBeGreaterThan(0)
    const human = (await told(text)).text
    expect(human).toContain('decoded only, nothing is verified')
    expect(human).toContain('        type: 食品经营许可证')
  })

  test('the receipts of the log that a code carries: of which, and where they say', async () => {
    const { text } = readJson('verifier/log-receipt-good').input
    const { parts } = await toldJson(text)
    const receipt = { log: 'log.onetrip.example/record', index: 3, size: 5, hashes: 3 }
    expect(parts.credential.header.unprotected.receipts).toMatchObject([receipt])
  })

  test('a request and a receipt with the certificate in them, an answer by its materials', async () => {
    const told = async (name: string) => toldJson(fromHex(readJson(`asking/${name}`).input.hex))
    expect(await told('request-valid')).toMatchObject({
      exit: 0,
      kind: 'request',
      parts: {
        qr: { characters: expect.any(Number) },
        payload: { matter: 'open-restaurant', exp: '2026-12-01T01:15:00Z' },
        certificate: { payload: { deviceName: '一号窗口' } },
      },
    })
    expect(await told('receipt-valid')).toMatchObject({
      exit: 0,
      kind: 'receipt',
      parts: { payload: { answer: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    })
    expect(await told('answer-valid')).toMatchObject({
      exit: 0,
      kind: 'answer',
      parts: { presentations: [{ material: 'business-licence' }, { material: 'identity' }] },
    })
    expect(await told('request-format')).toMatchObject({ exit: 1, fault: 'request/format' })
  })

  test.for([
    ['unbound-sd-cwt', 'sd-cwt'],
    ['paper-amber', 'paper'],
    ['copy-amber', 'kb-cwt'],
    ['live-sd-jwt-valid', 'sd-jwt-vc'],
  ] as const)('%s: %s', async ([name, kind]) => {
    expect(await toldJson(readJson(`verifier/${name}`).input.text)).toMatchObject({ exit: 0, kind })
  })

  test('an SD-JWT VC: disclosures with digests, key binding, the holder key by thumbprint', async () => {
    const { parts } = await toldJson(readJson('verifier/live-sd-jwt-valid').input.text)
    expect(parts.disclosures[0]).toMatchObject({ digest: expect.stringMatching(/^[\w-]{43}$/) })
    expect(parts.keyBinding.header.typ).toBe('kb+jwt')
    expect(parts.keyBinding.payload.iat).toMatch(/Z$/)
    expect(parts.payload.cnf.thumbprint).toMatch(/^[\w-]{43}$/)
  })

  test('status lists in both forms', async () => {
    const list = {
      uri: 'https://s.onetrip.example/1',
      bits: 2,
      statuses: newStatusBits(),
      issuedAt: 1_796_086_800,
      expiresAt: 1_796_173_200,
      ttlSeconds: 3600,
    } as const
    const parts = { uri: list.uri, bits: 2, iat: '2026-12-01T01:00:00Z', ttlSeconds: 3600 }
    const cwt = await toldJson(await signStatusListCwt(list, signer))
    expect(cwt).toMatchObject({ exit: 0, kind: 'status-list-cwt', parts })
    const jwt = await toldJson(await signStatusListJwt(list, signer))
    expect(jwt).toMatchObject({ exit: 0, kind: 'status-list-jwt', parts })
  })

  test('type definitions, keys, an offline pack, a foreign COSE_Sign1', async () => {
    const type = await toldJson(JSON.stringify(licenceTypes[0]))
    expect(type).toMatchObject({ exit: 0, kind: 'type-definition' })
    const pack = await toldJson(fromHex(readJson('trust-packs/main').pack))
    expect(pack).toMatchObject({ exit: 0, kind: 'pack' })
    const cut = fromHex(readJson('trust-packs/main').pack).slice(0, 900)
    expect(await toldJson(cut)).toMatchObject({ exit: 1, fault: 'pack/truncated' })
    const foreign = await signSign1({
      protectedHeader: new Map(),
      payload: utf8Encode('x'),
      signer,
    })
    expect(await toldJson(foreign)).toMatchObject({ kind: 'cose-sign1' })
  })

  test('a private key is told as such, and never shown', async () => {
    const jwk = testKeys.marketIssueCbor
    const { exit, text } = await told(JSON.stringify(jwk))
    expect(exit).toBe(0)
    expect(text).toContain('private: true')
    expect(text).not.toContain(jwk.d)
  })

  test('a key file is told without what is sealed in it, online keys by role', async () => {
    const { d: _, ...jwk } = testKeys.policeStatus
    const file = { kind: 'onetrip-key', format: 1, public: jwk, kdf: 'scrypt' }
    const found = await toldJson(JSON.stringify({ ...file, salt: 'SALTSALT', sealed: 'SEALED' }))
    expect(found).toMatchObject({ kind: 'key-file', parts: { kdf: 'scrypt' } })
    expect(JSON.stringify(found)).not.toMatch(/SALTSALT|SEALED/)
    const roles = { kind: 'onetrip-online-keys', snapshot: jwk, timestamp: jwk }
    expect(await toldJson(JSON.stringify(roles))).toMatchObject({
      kind: 'online-keys',
      parts: { snapshot: { kid: expect.any(String) } },
    })
  })

  test('the names of targets, and a transcript of one act or more', async () => {
    const names = await toldJson('["names.json","trust-list.json"]')
    expect(names).toMatchObject({ kind: 'names', parts: { count: 2 } })
    const act = '{"act":"create","actor":"甲","previous":""}'
    for (const text of [act, `${act}\n${act}\n`]) {
      expect(await toldJson(text)).toMatchObject({ kind: 'transcript' })
    }
    expect(await toldJson('{"a":1}\n{"b":2}')).toMatchObject({
      kind: 'json',
      parts: { content: [{ a: 1 }, { b: 2 }] },
    })
  })

  test('an offer is told without the code that redeems it', async () => {
    const offer = {
      credential_issuer: 'https://a.example',
      credential_configuration_ids: ['x'],
      grants: {
        'urn:ietf:params:oauth:grant-type:pre-authorized_code': {
          'pre-authorized_code': 'SECRET1',
        },
      },
    }
    const query = `credential_offer=${encodeURIComponent(JSON.stringify(offer))}`
    for (const text of [
      `openid-credential-offer://?${query}`,
      `https://wallet.example/#${query}`,
      JSON.stringify(offer),
    ]) {
      const result = await told(text)
      expect(result.text).toContain('an offer of a credential')
      expect(result.text).toContain('https://a.example')
      expect(result.text).not.toContain('SECRET1')
    }
  })

  test('trust metadata, by role', async () => {
    const signatures = [{ keyid: 'k1', sig: '00' }]
    const roles = { root: { keyids: ['k1', 'k2'], threshold: 2 } }
    const keys = { k1: { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: '00' } } }
    const root = { _type: 'root', version: 3, expires: '2027-01-01T00:00:00Z', keys, roles }
    expect(await toldJson(JSON.stringify({ signed: root, signatures }))).toMatchObject({
      exit: 0,
      kind: 'tuf-root',
      parts: {
        version: 3,
        expires: '2027-01-01T00:00:00Z',
        keys: { k1: { keytype: 'ed25519', scheme: 'ed25519' } },
        roles: { root: { threshold: '2 of 2', keyids: ['k1', 'k2'] } },
        signedBy: ['k1'],
      },
    })
    const delegated = { name: 'deny', keyids: ['k1'], threshold: 1, paths: ['deny/*'] }
    const targets = {
      _type: 'targets',
      targets: { 'a.json': { length: 5, hashes: { sha256: 'ab' } } },
      delegations: { keys, roles: [{ ...delegated, terminating: true }] },
    }
    expect(await toldJson(JSON.stringify({ signed: targets, signatures }))).toMatchObject({
      kind: 'tuf-targets',
      parts: {
        targets: { 'a.json': { bytes: 5, sha256: 'ab' } },
        delegations: { roles: [{ name: 'deny', threshold: '1 of 1', terminating: true }] },
      },
    })
    for (const role of ['timestamp', 'snapshot']) {
      const signed = { _type: role, meta: { 'x.json': { version: 7 } } }
      expect(await toldJson(JSON.stringify({ signed, signatures }))).toMatchObject({
        kind: `tuf-${role}`,
        parts: { meta: { 'x.json': { version: 7 } } },
      })
    }
  })
})

describe('what is not', () => {
  test.for([
    [encodeCbor(new Map([['a', [1, Uint8Array.of(255)]]])), `{"a": [1, h'ff']}`],
    [fromHex('d83cf97e00'), '60(NaN)'],
    [fromHex('a2010220f93c00'), '{1: 2, -1: 1.0}'],
  ] as const)('CBOR is shown in diagnostic notation: %#', async ([bytes, notation]) => {
    const { exit, kind, parts } = await toldJson(bytes)
    expect([exit, kind, parts.diagnostic]).toEqual([0, 'cbor', notation])
  })

  test('JSON is shown as it is', async () => {
    expect(await toldJson('{"x":[1,{"y":null}]}')).toMatchObject({
      exit: 0,
      kind: 'json',
      parts: { content: { x: [1, { y: null }] } },
    })
  })

  test.for([
    ['cbor-duplicate-key', 3, 'cbor/duplicate-key'],
    ['cbor-trailing-bytes', 1, 'cbor/trailing-bytes'],
    ['cbor-truncated', 1, 'cbor/truncated'],
  ] as const)('%s is told with its code', async ([name, exit, fault]) => {
    const { input } = readJson(`verifier/${name}`)
    expect(await toldJson(input.text ?? fromHex(input.hex))).toMatchObject({ exit, fault })
  })

  test.for([
    ['OT1:!', 1, 'qr/encoding'],
    [`OT1:${'0'.repeat(5000)}`, 1, 'qr/limit'],
    ['OT1F:!', 1, 'qr/encoding'],
    [readJson('verifier/frames-one').input.text, 1, 'qr/frames-incomplete'],
    ['{"a":1,"a":2}', 1, 'json/duplicate-key'],
    [`${'['.repeat(100)}`, 1, 'json/too-deep'],
    ['a~b~', 1, 'jws/format'],
    ['a.b.c', 1, 'encoding/base64url'],
    ['hello', 3, 'format/unsupported'],
    ['', 3, 'format/unsupported'],
    [fromHex('9fff'), 3, 'cbor/indefinite-length'],
    [new Uint8Array(17_000_000).fill(0xd2, 0, 1), 1, 'cbor/limit'],
  ] as const)('hostile or unknown input: %#', async ([input, exit, fault]) => {
    const inspection = await toldJson(input)
    expect([inspection.exit, inspection.fault]).toEqual([exit, fault])
  })
})

test('nothing received steers the terminal, in either output', async () => {
  const hostile = { 'a\u001b[2J': 'b\u202e\u009b\u2028' }
  for (const args of [[], ['--json']]) {
    const { text } = await told(JSON.stringify(hostile), ...args)
    expect(text).not.toMatch(/(?!\n)[\p{C}\p{Zl}\p{Zp}]/u)
  }
  const cbor = await told(encodeCbor(new Map([['k\u202e', 'v\n\u001b']])))
  expect(cbor.text).toContain('{"k\\u{202e}": "v\\n\\u001b"}')
})

test('a type definition of one own names the claims', async () => {
  const file = join(folder, 'type.json')
  const own = structuredClone(licenceTypes[2])
  writeFileSync(file, JSON.stringify(own).replaceAll('食品经营许可证', '自定义证'))
  const { text } = readJson('verifier/paper-amber').input
  expect((await told(text, '--type', file)).text).toContain('type: 自定义证')
  writeFileSync(file, '{}')
  await expect(told(text, '--type', file)).rejects.toThrow('type/format')
})

function readJson(name: string) {
  return JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8'))
}

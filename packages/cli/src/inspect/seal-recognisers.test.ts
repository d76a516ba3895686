import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  type CborKey,
  type CborValue,
  encodeCbor,
  fromHex,
  sha256,
  toHex,
  utf8Encode,
} from '@onetrip/codec'
import { sealReference } from '@onetrip/credential'
import { parseSealFile } from '@onetrip/seal'
import { describe, expect, test } from 'vitest'
import { registerBytes, SEALED_AT } from '../../../seal/samples/sample-seals.ts'
import { inspect } from './inspect.ts'

const VECTORS = resolve(import.meta.dirname, '../../../../fixtures/vectors/documents')
const bytes = sealOf('valid')
const { seals, impressions } = parseSealFile(bytes)
const seal = seals[0]?.bytes
const impression = impressions[0]?.bytes

function sealOf(name: string): Uint8Array {
  return fromHex(JSON.parse(readFileSync(resolve(VECTORS, `${name}.json`), 'utf8')).input.seal)
}

const SEAL_FACTS = { sub: '33990100000017', iss: '91339901MAXYN0775D' }

describe('what belongs to seals is told', () => {
  test('a seal: facts by name, times as dates, keys by thumbprint', async () => {
    const thumbprint = expect.stringMatching(/^[\w-]{43}$/)
    expect(await inspect(seal?.cose ?? bytes, [])).toMatchObject({
      kind: 'seal',
      verified: false,
      parts: {
        header: { typ: 65003, algorithm: 'Ed25519' },
        payload: {
          ...SEAL_FACTS,
          exp: '2027-11-23T01:10:00Z',
          sealKind: '99',
          sealOwner: { name: '虚构市云栖区市场监督管理局', uscc: '11339901XYN000014M' },
          sealImage: { mediaType: 'image/svg+xml', widthMm: 42 },
          sealKeys: [{ thumbprint }, { thumbprint }],
        },
      },
    })
    expect(await inspect(seal?.cose ?? bytes, [])).not.toHaveProperty('fault')
  })

  test('an impression: the digest of the file, and what is stated of it', async () => {
    expect(await inspect(impression?.cose ?? bytes, [])).toMatchObject({
      kind: 'impression',
      parts: {
        fileSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        header: {
          preimageContentType: 'text/plain',
          cwtClaims: {
            iat: '2026-11-23T01:10:00Z',
            purpose: '出具样例事项的函',
            seal: { id: '33990100000017' },
            fileLength: 43,
          },
        },
      },
    })
  })

  test('a register: its seals by the reference that licences name them by, and what became of them', async () => {
    const since = SEALED_AT + 60
    const { cose = bytes } = seal ?? {}
    const register = await registerBytes({ seals: [{ seal: cose, state: 'suspended', since }] })
    expect(await inspect(register, [])).toMatchObject({
      kind: 'seal-register',
      parts: {
        header: { typ: 65005 },
        payload: {
          iss: SEAL_FACTS.iss,
          iat: '2026-11-23T01:10:00Z',
          register: [
            {
              reference: toHex(sealReference(cose)),
              state: 'suspended',
              since: '2026-11-23T01:11:00Z',
              seal: SEAL_FACTS,
            },
          ],
        },
      },
    })
    expect(await inspect(register, [])).not.toHaveProperty('fault')
  })

  test('a register of what is no seal', async () => {
    const bare = Uint8Array.of(1)
    const register = await registerBytes({ seals: [{ seal: bare, state: 'in-use' }] })
    expect(await inspect(register, [])).toMatchObject({
      kind: 'seal-register',
      fault: 'cose/wrong-tag',
    })
  })

  test.each([
    ['seal-jws', seal?.jws, SEAL_FACTS],
    ['impression-jws', impression?.jws, { purpose: '出具样例事项的函' }],
  ])('%s', async (kind, text, payload) => {
    const inspection = await inspect(utf8Encode(`${text}\n`), [])
    expect(inspection).toMatchObject({ kind, parts: { payload } })
    expect(inspection).not.toHaveProperty('fault')
  })

  test('a .seal: every seal and impression in both its forms', async () => {
    const inspection = await inspect(bytes, [])
    expect(inspection).toMatchObject({
      kind: 'seal-file',
      parts: {
        version: 1,
        seals: [
          {
            cose: { payload: SEAL_FACTS },
            jws: { payload: SEAL_FACTS },
            image: { bytes: 17, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
          },
        ],
        impressions: [
          { cose: { header: { typ: 65004 } }, jws: { payload: { purpose: '出具样例事项的函' } } },
        ],
      },
    })
    expect(inspection).not.toHaveProperty('fault')
  })
})

describe('beside an impression', () => {
  test('a time-stamp and a status list: time, by whom, what over, and from when', async () => {
    const stamped = sealOf('sealed-before-revoked')
    const inspection = await inspect(stamped, [])
    const digest = parseSealFile(stamped).impressions[0]?.digest ?? stamped
    expect(inspection.parts['impressions']).toMatchObject([
      {
        timestamp: {
          time: '2026-11-23T01:10:02Z',
          accuracySeconds: 1,
          policy: '1.2.3.4',
          imprint: toHex(digest),
          signer: {
            subject: ['样例时间戳服务', '样例时间戳服务', '91339901MAXYN0337Q'],
            sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
          },
        },
        statusList: { uri: 'https://seals.onetrip.example/s/1', iat: '2026-11-23T01:09:02Z' },
      },
    ])
    expect(inspection).not.toHaveProperty('fault')
  })

  test('one that cannot be read is told with its code', async () => {
    const { parts } = await inspect(sealOf('timestamp-format'), [])
    expect(parts['impressions']).toMatchObject([
      { timestamp: { bytes: 200, fault: 'timestamp/format' } },
    ])
  })
})

test('a trust list tells its time-stampers, their certificates by digest', async () => {
  const name = { 'zh-CN': '样例时间戳服务', en: 'Sample time-stamper' }
  const list = {
    kind: 'onetrip-trust-list',
    format: 2,
    environment: 'test',
    agencies: [],
    offices: [],
  }
  const told = async (certificate: string) => {
    const to = 1_795_406_400
    const timeStampers = [{ id: '91339901MAXYN0337Q', name, certificates: [certificate], to }]
    return inspect(utf8Encode(JSON.stringify({ ...list, timeStampers })), [])
  }
  const digest = toHex(sha256(Uint8Array.of(0x30, 0)))
  const good = await told('MAA')
  expect(good).toMatchObject({
    kind: 'trust-list',
    parts: {
      timeStampers: [
        {
          id: '91339901MAXYN0337Q',
          name: name['zh-CN'],
          certificates: [{ sha256: digest }],
          to: '2026-11-23T04:00:00Z',
        },
      ],
    },
  })
  expect(good).not.toHaveProperty('fault')
  expect(await told('=')).toMatchObject({
    fault: 'encoding/base64url',
    parts: { timeStampers: [{ certificates: [{ fault: 'encoding/base64url' }] }] },
  })
})

describe('what is not a good one is told with its code', () => {
  test.each([
    ['image-swapped', 'seal/image-mismatch'],
    ['covers-nothing', 'seal/covers'],
    ['seal-as-impression', 'seal/wrong-type'],
    ['version', 'seal/format'],
  ])('%s: %s', async (name, fault) => {
    const inspection = await inspect(sealOf(name), [])
    expect(inspection).toMatchObject({ kind: 'seal-file', fault, parts: { seals: [{}] } })
  })

  test('whatever stands where seals and impressions should', async () => {
    const strange: readonly CborValue[] = [
      1,
      new Map<CborKey, CborValue>([[1, Uint8Array.of(1)]]),
      new Map<CborKey, CborValue>([
        [1, 'x'],
        [2, 'a.b.c'],
        [3, 'y'],
      ]),
    ]
    const file = encodeCbor(
      new Map<CborKey, CborValue>([
        [1, 1],
        [2, strange],
        [3, strange],
      ]),
    )
    const inspection = await inspect(file, [])
    expect(inspection).toMatchObject({ kind: 'seal-file', fault: 'seal/format' })
    expect(inspection.parts['impressions']).toEqual([
      1,
      { cose: { fault: expect.stringMatching(/^(cose|cbor)\//) }, jws: null },
      { cose: null, jws: { fault: 'encoding/base64url' } },
    ])
  })
})

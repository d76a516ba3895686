/** Time-stamps over impressions, over the API and from a real HTTP server: good ones, lies, and none. */
import { createHash } from 'node:crypto'
import { derInteger, derSequence, sha256, toBase64url } from '@onetrip/codec'
import { handwrittenPdf } from '@onetrip/fixtures'
import { parseSealFile, readSealedPdf } from '@onetrip/seal'
import { type DocumentVerdict, type SealedDocument, verifyDocument } from '@onetrip/verifier'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { HAS_OPENSSL, opensslTsa } from '../../../packages/seal/samples/openssl-tsa.ts'
import { STAMPER_NAME, sampleTsa } from '../../../packages/seal/samples/sample-tsa.ts'
import { follower } from '../../testing/follow-world.ts'
import { LETTER, openSealWorld, type SealWorld } from '../../testing/seal-world.ts'
import {
  reply,
  startTsaServer,
  type TsaBehaviour,
  type TsaServer,
} from '../../testing/tsa-server.ts'
import { registerTimeStamper } from '../trust-data/time-stampers.ts'

const tsa = await sampleTsa()
let server: TsaServer
let seals: SealWorld
let sealId: string

const honest: TsaBehaviour = async (query, response) =>
  reply(response, await tsa.answer(query, { time: seals.now() }))

beforeAll(async () => {
  server = await startTsaServer(honest)
  // Only who waits for nothing waits shortly: openssl takes seconds on a busy machine.
  seals = await openSealWorld({ ONETRIP_TSA_URL: server.url, ONETRIP_TSA_TIMEOUT_MS: '30000' })
  await registerTimeStamper(seals.world.services, tsa.stamper)
  sealId = await seals.sealInUse()
})
beforeEach(() => server.behave(honest))
afterAll(async () => {
  await seals.world.close()
  await server.close()
})

async function approved(id = sealId, at: SealWorld = seals): Promise<string> {
  const useId = await at.ask(id)
  await at.approve(useId)
  return useId
}

async function judged(sealed: SealedDocument, at: SealWorld = seals): Promise<DocumentVerdict> {
  const trust = await follower().follow(at.world)
  return verifyDocument(sealed, { trust, now: at.now(), accept: ['document'] })
}

function besideLetter(sealFile: Uint8Array): SealedDocument {
  const file = { sha256: sha256(LETTER), length: LETTER.length, mediaType: 'text/plain' }
  return { file, sealFile }
}

async function fileOf(useId: string, at: SealWorld = seals): Promise<unknown> {
  const { files } = (await at.call('clerk', `/uses/${useId}`)).body
  return Array.isArray(files) ? files[0] : undefined
}

describe('an impression', () => {
  test('has a time-stamp and the list of then; the record says when', async () => {
    const useId = await approved()
    const before = server.asked()
    const bytes = await seals.impression(useId)
    expect(await seals.impression(useId)).toEqual(bytes)
    expect(server.asked()).toBe(before + 1)
    const [impression] = (await judged(besideLetter(bytes))).impressions
    expect(impression).toMatchObject({
      outcome: 'valid',
      stated: {
        proofOfTime: { kind: 'time-stamp', time: seals.now(), by: { name: STAMPER_NAME } },
      },
    })
    expect(await fileOf(useId)).toMatchObject({ state: 'sealed', stampedAt: seals.now() })
    expect(await fileOf(useId)).not.toHaveProperty('stampFault')
    const accept = { Accept: 'text/csv' }
    const table = await seals.request('owner', `/${sealId}/record`, undefined, accept)
    const [head, line] = (await table.text()).split('\r\n')
    expect(head).toMatch(/,"stampedAt","stampFault"$/)
    expect(line).toMatch(new RegExp(`,"${seals.now()}",""$`))
  })

  test('stands when its seal is cancelled since', async () => {
    const id = await seals.sealInUse()
    const bytes = await seals.impression(await approved(id))
    const sealedAt = seals.now()
    seals.later(3600)
    await seals.done('owner', `/${id}/cancel`, { reason: 'x' })
    expect(await judged(besideLetter(bytes))).toMatchObject({
      outcome: 'valid',
      impressions: [{ status: { value: 'revoked' }, sealedBefore: { time: sealedAt } }],
    })
  })

  test('twice at once is one impression with one time-stamp', async () => {
    const useId = await approved()
    const [one, other] = await Promise.all([seals.impression(useId), seals.impression(useId)])
    expect(one).toEqual(other)
    expect(parseSealFile(one).impressions).toHaveLength(1)
  })

  test('in a PDF has it in the attachment, below the PAdES signature', async () => {
    const pdf = handwrittenPdf(['BT /F 20 Tf 300 300 Td (Seal here) Tj ET'])
    const digest = toBase64url(sha256(pdf))
    const place = { page: 1, x: 300, y: 400 }
    const file = { sha256: digest, length: pdf.length, mediaType: 'application/pdf', place }
    const useId = await seals.ask(sealId, [file])
    await seals.approve(useId, [digest])
    const path = `/uses/${useId}/files/${digest}/pdf`
    const answer = async () =>
      new Uint8Array(await (await seals.request('clerk', path, pdf)).arrayBuffer())
    const sealed = await answer()
    expect(await answer()).toEqual(sealed)
    const [update] = readSealedPdf(sealed).updates
    if (update?.kind !== 'seal') throw new Error('not sealed')
    expect(parseSealFile(update.attachment).impressions[0]?.bytes).toMatchObject({
      timestamp: expect.any(Uint8Array),
      statusList: expect.any(Uint8Array),
    })
    expect(await judged({ pdf: sealed })).toMatchObject({
      outcome: 'valid',
      impressions: [{ stated: { proofOfTime: { kind: 'time-stamp' } } }],
    })
  })
})

describe('a time-stamper that fails or lies stops nothing', () => {
  test.each<readonly [string, string, TsaBehaviour]>([
    [
      'answers another query',
      'timestamp/nonce',
      async (query, response) =>
        reply(response, await tsa.answer(query, { time: seals.now(), nonce: Uint8Array.of(1) })),
    ],
    [
      'stamps something else',
      'timestamp/imprint',
      async (query, response) =>
        reply(response, await tsa.answer(query, { time: seals.now(), digest: sha256(LETTER) })),
    ],
    [
      'is another by its name',
      'timestamp/signer-unknown',
      async (query, response) => {
        const { publicKey, sign } = seals.world.services.keys.signer(await keyOf(sealId))
        const other = await sampleTsa({ ca: { publicKey, sign } })
        reply(response, await other.answer(query, { time: seals.now() }))
      },
    ],
    [
      'refuses',
      'timestamp/refused',
      (_query, response) => reply(response, derSequence(derSequence(derInteger(2)))),
    ],
    ['answers nonsense', 'timestamp/format', (_query, response) => reply(response, LETTER)],
    [
      'sends more than anybody takes',
      'timestamp/unavailable',
      (_query, response) => reply(response, new Uint8Array(10_000_000)),
    ],
    ['fails', 'timestamp/unavailable', (_query, response) => void response.writeHead(500).end()],
    [
      'sends somewhere else',
      'timestamp/unavailable',
      (_query, response) => void response.writeHead(307, { Location: server.url }).end(),
    ],
    [
      'shows a page',
      'timestamp/unavailable',
      (_query, response) => {
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>sign in</title>')
      },
    ],
    ['hangs up', 'timestamp/unavailable', (_query, response) => void response.destroy()],
  ])('%s: %s', async (_name, code, behaviour) => {
    server.behave(behaviour)
    await goesWithout({ code, id: sealId, at: seals })
  })

  test('hangs, at once or later: timestamp/unavailable', async () => {
    const at = await openSealWorld({ ONETRIP_TSA_URL: server.url, ONETRIP_TSA_TIMEOUT_MS: '100' })
    const id = await at.sealInUse()
    for (const behaviour of HANGING) {
      server.behave(behaviour)
      await goesWithout({ code: 'timestamp/unavailable', id, at })
    }
    await at.world.close()
  })
})

const HANGING: readonly TsaBehaviour[] = [
  () => undefined,
  (_query, response) => {
    response.writeHead(200, { 'Content-Type': 'application/timestamp-reply' })
    response.write('0')
  },
]

async function goesWithout(of: {
  readonly code: string
  readonly id: string
  readonly at: SealWorld
}): Promise<void> {
  const { code, id, at } = of
  const useId = await approved(id, at)
  const before = server.asked()
  const bytes = await at.impression(useId)
  expect(server.asked()).toBe(before + 1)
  const [impression] = parseSealFile(bytes).impressions
  expect(impression?.bytes).not.toHaveProperty('timestamp')
  expect(impression?.bytes).not.toHaveProperty('statusList')
  expect(await judged(besideLetter(bytes), at)).toMatchObject({
    outcome: 'valid',
    impressions: [{ stated: { proofOfTime: { kind: 'none' } } }],
  })
  expect(await fileOf(useId, at)).toMatchObject({ state: 'sealed', stampFault: code })
  expect(await fileOf(useId, at)).not.toHaveProperty('stampedAt')
  const logged = at.world.logLines.findLast((line) => line.includes('seal/not-stamped'))
  expect(logged).toContain(`"code":"${code}"`)
  server.behave(honest)
  expect(await at.impression(useId)).toEqual(bytes)
}

test('where none is configured, none is asked, and the record says nothing of it', async () => {
  const plain = await openSealWorld()
  const useId = await plain.ask(await plain.sealInUse())
  await plain.approve(useId)
  expect(parseSealFile(await plain.impression(useId)).impressions[0]?.bytes).not.toHaveProperty(
    'timestamp',
  )
  const { files } = (await plain.call('clerk', `/uses/${useId}`)).body
  expect(JSON.stringify(files)).not.toMatch(/stamp/)
  await plain.world.close()
})

test.skipIf(HAS_OPENSSL)('openssl is missing: it stamps nothing', ({ skip }) => skip())

test.skipIf(!HAS_OPENSSL)('openssl stamps an impression, and verifies what is kept', async () => {
  const other = opensslTsa()
  server.behave((query, response) => reply(response, other.reply(query)))
  await registerTimeStamper(seals.world.services, {
    ...tsa.stamper,
    certificates: [other.certificate('ca')],
  })
  const [impression] = parseSealFile(await seals.impression(await approved())).impressions
  other.write('token', impression?.bytes.timestamp ?? new Uint8Array())
  const digest = createHash('sha256')
    .update(impression?.bytes.cose ?? '')
    .digest('hex')
  other.run(`ts -verify -digest ${digest} -in token -token_in -CAfile ca.pem`)
  other.close()
  await registerTimeStamper(seals.world.services, tsa.stamper)
})

async function keyOf(id: string): Promise<string> {
  const { storage } = seals.world.services
  const query = storage.selectFrom('seal').select('key_id').where('id', '=', id)
  return (await query.executeTakeFirstOrThrow()).key_id ?? ''
}

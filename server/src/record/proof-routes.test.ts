import { fromBase64url, toBase64url, utf8Encode } from '@onetrip/codec'
import { issuanceEntry, parseSdCwt } from '@onetrip/credential'
import {
  encodeEntry,
  leafHash,
  openCheckpoint,
  openProofFile,
  openReceipt,
  parseVerifierKey,
} from '@onetrip/log'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  codeOf,
  credentialIn,
  holderSigner,
  issueFood,
  openWorld,
  proofOf,
  redeem,
  requestCredential,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { RATE_LIMITS } from '../rates/rate-limits.ts'
import { transact } from '../storage/database.ts'
import { recordAct } from './append.ts'
import { integrate, recordKey } from './integrate.ts'

let world: World
let leaf: Uint8Array

beforeAll(async () => {
  world = await openWorld()
  const accessToken = await redeem(world, await issueFood(world, { serial: 'PROOF1' }))
  const credential = await credentialIn(
    await requestCredential(world, {
      accessToken,
      configuration: `${TYPES.food}.dc+sd-cwt`,
      proof: await proofOf(world, holderSigner('Ed25519')),
    }),
  )
  leaf = leafHash(encodeEntry(issuanceEntry(parseSdCwt(fromBase64url(credential)))))
})
afterAll(() => world.close())

async function grow(count: number): Promise<void> {
  await transact(world.services.storage, async (transaction) => {
    for (let at = 0; at < count; at += 1) {
      await recordAct(world.services, transaction, { act: 'test/act', facts: { at } })
    }
  })
}

function get(kind: 'receipts' | 'proofs', query = '', of = leaf): Promise<Response> {
  return Promise.resolve(world.app.request(`/log/${kind}/${toBase64url(of)}${query}`))
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  expect(response.status).toBe(200)
  return new Uint8Array(await response.arrayBuffer())
}

test('an entry has its receipt as soon as a checkpoint covers it', async () => {
  const early = await get('receipts')
  expect([early.status, early.headers.get('Retry-After')]).toEqual([404, '2'])
  expect(await codeOf(early)).toBe('log/no-entry')
  const first = await integrate(world.services)
  await grow(700)
  const { root } = await integrate(world.services)
  const receipt = await get('receipts')
  expect(receipt.headers.get('Content-Type')).toBe('application/cose')
  expect(receipt.headers.get('Cache-Control')).toBe('public, max-age=60')
  const log = recordKey(world.services)
  expect(toBase64url(await openReceipt(await bytesOf(receipt), leaf, log))).toBe(root)
  const earlier = await get('receipts', `?size=${first.size}`)
  expect(earlier.headers.get('Cache-Control')).toContain('immutable')
  expect(toBase64url(await openReceipt(await bytesOf(earlier), leaf, log))).toBe(first.root)
})

test('a proof file holds the checkpoint that it is proven by', async () => {
  const { note } = await integrate(world.services)
  const log = parseVerifierKey((await (await world.app.request('/log/vkey')).text()).trim())
  const policy = { log, witnesses: [], threshold: 0 }
  const { checkpoint } = await openProofFile(await bytesOf(await get('proofs')), leaf, policy)
  expect(checkpoint).toEqual(await openCheckpoint(utf8Encode(note), policy))
})

test('no proof is given of what is not there, by no checkpoint, or to no hash', async () => {
  const { size } = await integrate(world.services)
  expect(await codeOf(await get('receipts', '', leaf.with(0, 255 - (leaf[0] ?? 0))))).toBe(
    'log/no-entry',
  )
  expect(await codeOf(await get('receipts', `?size=${size + 1}`))).toBe('log/no-entry')
  for (const bad of ['?size=0', '?size=1e3', '?size=', '?size=9999999999999999']) {
    expect(await codeOf(await get('receipts', bad)), bad).toBe('input/invalid')
  }
  for (const path of ['receipts/AA', `proofs/${'A'.repeat(42)}B`]) {
    expect(await codeOf(await world.app.request(`/log/${path}`)), path).toBe('input/invalid')
  }
})

test('whoever asks for more than any wallet does has to wait', async () => {
  for (let at = 0; at < RATE_LIMITS['log/proof'].requests; at += 1) {
    if ((await get('receipts', '?size=0')).status === 429) break
  }
  expect((await get('receipts')).status).toBe(429)
})

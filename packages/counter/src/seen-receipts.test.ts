import { decodeCodeText, toHex, utf8Encode } from '@onetrip/codec'
import { encodeAnswer, leafOf, parseSdCwt, presentLive } from '@onetrip/credential'
import { describe, expect, test } from 'vitest'
import { heldChoices, NOW } from '../../verifier/samples/asking-world.ts'
import { type ReceiptDisk, seenReceipts } from './seen-receipts.ts'

const LOGGED = { logged: { log: 'log.example/log' } }
let issued = 0

type Rows = Map<string, unknown>

/** A store in memory; `fails` makes every act reject. */
function disk(rows: Rows, fails: () => boolean = () => false): ReceiptDisk {
  const kept = (): Rows => {
    if (fails()) throw new DOMException('gone', 'InvalidStateError')
    return rows
  }
  return {
    get: async (_, key) => kept().get(key),
    entries: async () => [...kept()].map(([key, value]) => ({ key, value })),
    write: async (changes) => {
      for (const { key, value } of changes) {
        if (value === undefined) kept().delete(key)
        else kept().set(key, structuredClone(value))
      }
    },
  }
}

const open = async (): Promise<ReceiptDisk> => disk(new Map())

/** A code of a licence of its own, with this receipt. */
async function shown(receipt: string | undefined) {
  issued += 1
  const [choice] = await heldChoices({ index: 20 + issued })
  const receipts = receipt === undefined ? [] : [utf8Encode(receipt)]
  const text = await presentLive({ ...choice, disclose: [], now: NOW, receipts })
  return { text, code: decodeCodeText(text), leaf: leafOf(parseSdCwt(choice.credential)) }
}

test('a receipt that held is found by its entry, whether the code came as text or as bytes', async () => {
  const seen = seenReceipts({ open })
  for (const form of ['text', 'bytes'] as const) {
    const { text, code, leaf } = await shown(form)
    expect(await seen.find(leaf)).toBeUndefined()
    await seen.see(form === 'text' ? text : code, LOGGED)
    expect(await seen.find(leaf)).toEqual(utf8Encode(form))
  }
})

test('one that did not hold is not kept, nor anything of what is no code', async () => {
  const seen = seenReceipts({ open })
  const { code, leaf } = await shown('refused')
  await seen.see(code, {})
  expect(await seen.find(leaf)).toBeUndefined()
  const without = await shown(undefined)
  for (const input of [without.code, 'OT1:', 'eyJ~', Uint8Array.of(1)])
    await seen.see(input, LOGGED)
  expect(await seen.find(without.leaf)).toBeUndefined()
})

test('of many the first is forgotten', async () => {
  const seen = seenReceipts({ max: 2, open })
  const codes = [await shown('1'), await shown('2'), await shown('3')]
  for (const { code } of codes) await seen.see(code, LOGGED)
  const found = await Promise.all(codes.map(({ leaf }) => seen.find(leaf)))
  expect(found.map((one) => one !== undefined)).toEqual([false, true, true])
})

describe('the next page', () => {
  test('finds a receipt on the disk and nothing else of what was shown', async () => {
    const rows: Rows = new Map()
    const seen = seenReceipts({ open: async () => disk(rows) })
    const { code, leaf } = await shown('1')
    await seen.see(code, LOGGED)
    await seen.seeAnswer(encodeAnswer([{ material: 'M1', presentation: code }]), {
      materials: [{ material: { code: 'M1' }, evidence: LOGGED }],
    })
    const kept = await seenReceipts({ open: async () => disk(rows) }).find(leaf)
    expect(kept?.buffer.byteLength).toBe(1)
  })

  test('finds what this one saw; of many, and after 90 days, the first are forgotten', async () => {
    const rows: Rows = new Map()
    let now = NOW
    const page = () => seenReceipts({ max: 2, open: async () => disk(rows), now: () => now })
    const codes = [await shown('1'), await shown('2'), await shown('3')]
    const first = page()
    for (const { code } of codes) {
      await first.see(code, LOGGED)
      now += 1
    }
    const found = async (): Promise<readonly boolean[]> => {
      const next = page()
      const all = await Promise.all(codes.map(({ leaf }) => next.find(leaf)))
      return all.map((one) => one !== undefined)
    }
    expect(await found()).toEqual([false, true, true])
    // Seen again, it is not the first any more.
    const second = page()
    await second.see(codes[1]?.code ?? '', LOGGED)
    await second.see(codes[0]?.code ?? '', LOGGED)
    expect(await found()).toEqual([true, true, false])
    now = NOW + 3 + 90 * 86_400
    expect(await found()).toEqual([true, true, false])
    now += 1
    expect(await found()).toEqual([false, false, false])
    expect(rows.size).toBe(0)
  })

  test('takes no row that it cannot read, and leaves it', async () => {
    const { leaf } = await shown('1')
    const rows: Rows = new Map([[toHex(leaf), { format: 2, at: 0, receipt: 'x' }]])
    const seen = seenReceipts({ open: async () => disk(rows) })
    expect(await seen.find(leaf)).toBeUndefined()
    expect(rows.size).toBe(1)
  })
})

test.each([
  ['is refused', async () => Promise.reject(new Error('refused'))],
  ['cannot be written', async () => disk(new Map(), () => true)],
])('where storage %s, receipts are of this page', async (_, opening) => {
  const seen = seenReceipts({ open: opening })
  const { code, leaf } = await shown('1')
  await seen.see(code, LOGGED)
  expect(await seen.find(leaf)).toEqual(utf8Encode('1'))
})

test('of an answer, those of materials whose own held are kept', async () => {
  const seen = seenReceipts({ open })
  const [held, other] = [await shown('held'), await shown('other')]
  const answer = encodeAnswer([
    { material: 'M1', presentation: held.code },
    { material: 'M2', presentation: other.code },
  ])
  const materials = [
    { material: { code: 'M1' }, evidence: LOGGED },
    { material: { code: 'M2' }, evidence: {} },
  ]
  await seen.seeAnswer(answer, { materials })
  expect(await seen.find(held.leaf)).toEqual(utf8Encode('held'))
  expect(await seen.find(other.leaf)).toBeUndefined()
})

describe('of a pack', () => {
  test('what holds is kept, also for the next page, and what does not takes no place', async () => {
    const rows: Rows = new Map()
    const seen = seenReceipts({ open: async () => disk(rows) })
    const [scanned, other] = [await shown('scanned'), await shown('other')]
    await seen.see(scanned.code, LOGGED)
    const packed = [
      { leaf: scanned.leaf, receipt: utf8Encode('forged') },
      { leaf: other.leaf, receipt: utf8Encode('packed') },
    ]
    await seen.take(packed, async ({ leaf }) => toHex(leaf) === toHex(other.leaf))
    for (const page of [seen, seenReceipts({ open: async () => disk(rows) })]) {
      expect(await page.find(scanned.leaf)).toEqual(utf8Encode('scanned'))
      expect(await page.find(other.leaf)).toEqual(utf8Encode('packed'))
    }
  })
})

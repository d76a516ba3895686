import { decodeCodeText, utf8Encode } from '@onetrip/codec'
import { leafOf, parseSdCwt, presentLive } from '@onetrip/credential'
import { expect, test } from 'vitest'
import { heldChoices, NOW } from '../../verifier/samples/asking-world.ts'
import { seenReceipts } from './seen-receipts.ts'

const LOGGED = { logged: { log: 'log.example/log' } }
let issued = 0

/** A code of a licence of its own, with this receipt. */
async function shown(receipt: string | undefined) {
  issued += 1
  const [choice] = await heldChoices({ index: 20 + issued })
  const receipts = receipt === undefined ? [] : [utf8Encode(receipt)]
  const text = await presentLive({ ...choice, disclose: [], now: NOW, receipts })
  return { text, code: decodeCodeText(text), leaf: leafOf(parseSdCwt(choice.credential)) }
}

test('a receipt that held is found by its entry, whether the code came as text or as bytes', async () => {
  const seen = seenReceipts()
  for (const form of ['text', 'bytes'] as const) {
    const { text, code, leaf } = await shown(form)
    expect(seen.find(leaf)).toBeUndefined()
    seen.see(form === 'text' ? text : code, LOGGED)
    expect(seen.find(leaf)).toEqual(utf8Encode(form))
  }
})

test('one that did not hold is not kept, nor anything of what is no code', async () => {
  const seen = seenReceipts()
  const { code, leaf } = await shown('refused')
  seen.see(code, {})
  expect(seen.find(leaf)).toBeUndefined()
  const without = await shown(undefined)
  for (const input of [without.code, 'OT1:', 'eyJ~', Uint8Array.of(1)]) seen.see(input, LOGGED)
  expect(seen.find(without.leaf)).toBeUndefined()
})

test('of many the first is forgotten', async () => {
  const seen = seenReceipts(2)
  const codes = [await shown('1'), await shown('2'), await shown('3')]
  for (const { code } of codes) seen.see(code, LOGGED)
  expect(codes.map(({ leaf }) => seen.find(leaf) !== undefined)).toEqual([false, true, true])
})

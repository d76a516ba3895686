import { encodeQrText, utf8Encode } from '@onetrip/codec'
import { leafOf, parseSdCwt, presentSdCwt } from '@onetrip/credential'
import { foodLicenceOfSample } from '@onetrip/fixtures'
import { expect, test } from 'vitest'
import { issueInput, issueSdCwt, NOW, newKeys } from '../../credential/samples/testkit.ts'
import { seenReceipts } from './seen-receipts.ts'

const LOGGED = { logged: { log: 'log.example/log' } }

async function shown(receipt: string | undefined) {
  const keys = newKeys('Ed25519')
  const input = issueInput(foodLicenceOfSample, keys)
  const credential = await issueSdCwt(input, keys.issuer)
  const code = await presentSdCwt({
    ...{ credential, type: input.type, disclose: [], signer: keys.holder },
    ...{ mode: 'live', audience: 'onetrip:live', issuedAt: NOW },
    ...(receipt === undefined ? {} : { receipts: [utf8Encode(receipt)] }),
  })
  return { code, leaf: leafOf(parseSdCwt(credential)) }
}

test('a receipt that held is found by its entry, whether the code came as text or as bytes', async () => {
  const seen = seenReceipts()
  for (const form of ['text', 'bytes'] as const) {
    const { code, leaf } = await shown(form)
    expect(seen.find(leaf)).toBeUndefined()
    seen.see(form === 'text' ? encodeQrText(code) : code, LOGGED)
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

import { argon2Sync } from 'node:crypto'
import { expect, test } from 'vitest'
import { KDF_COST, stretchNow } from './passcode-kdf.ts'

test('agrees with RFC 9106 as Node implements it, at the cost the wallet uses', () => {
  const secret = new TextEncoder().encode('开门 2468')
  const salt = Uint8Array.from({ length: 16 }, (_, index) => index)
  const expected = argon2Sync('argon2id', {
    message: secret,
    nonce: salt,
    parallelism: KDF_COST.lanes,
    tagLength: 32,
    memory: KDF_COST.memoryKib,
    passes: KDF_COST.passes,
  })
  expect(stretchNow({ secret, salt, ...KDF_COST })).toEqual(new Uint8Array(expected))
})

/** A key that was derived once is that of its passphrase and its salt alone. */
import { scryptSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { deriveKey } from './derive-key.ts'

test('another passphrase or another salt has another key, also after one was remembered', () => {
  const [salt, other] = [new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)]
  const first = deriveKey('one passphrase', salt)
  expect(deriveKey('one passphrase', salt)).toEqual(first)
  expect(deriveKey('other passphrase', salt)).not.toEqual(first)
  expect(deriveKey('one passphrase', other)).not.toEqual(first)
  const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
  expect(first).toEqual(new Uint8Array(scryptSync('one passphrase', salt, 32, cost)))
})

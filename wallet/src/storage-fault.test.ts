import { fault } from '@onetrip/codec'
import { expect, test } from 'vitest'
import { guarded } from './storage-fault.ts'

const CASES: readonly (readonly [Error, string])[] = [
  [new DOMException('full', 'QuotaExceededError'), 'storage/quota'],
  [new DOMException('newer', 'VersionError'), 'storage/newer'],
  [new DOMException('backing store', 'UnknownError'), 'storage/corrupt'],
  [new DOMException('no box', 'NotFoundError'), 'storage/corrupt'],
  [new DOMException('no', 'InvalidStateError'), 'storage/unavailable'],
  [new Error('QuotaExceededError'), 'storage/unavailable'],
  [fault('storage/corrupt'), 'storage/corrupt'],
]

test.for(CASES)('%s is %s', async ([error, code]) => {
  await expect(guarded(() => Promise.reject(error))).rejects.toMatchObject({ code })
})

test('what works is given back', async () => {
  expect(await guarded(async () => 7)).toBe(7)
})

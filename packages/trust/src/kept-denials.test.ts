/** What the deny list said goes on counting under the same targets, however many lists come after it. */
import { sha256, toBase64url, utf8Encode } from '@onetrip/codec'
import { expect, test } from 'vitest'
import { follow, repository } from '../samples/followed-repository.ts'
import { memoryFetcher } from '../samples/sample-repository.ts'
import { memoryTufStore } from './tuf/store-and-fetcher.ts'

const LOST = thumbprint('lost device')
const LISTS = 75
const DEVICES = 85

test('a flood of deny lists lifts no denial', async () => {
  const store = memoryTufStore()
  const files = (online: number, devices: readonly string[]) =>
    repository({ versions: { online }, denyList: { format: 1, keys: [], devices: [...devices] } })
  await follow(store, memoryFetcher(await files(1, [LOST])))
  for (let list = 2; list <= LISTS; list++) {
    const devices = Array.from({ length: DEVICES }, (_, at) => thumbprint(`${list} ${at}`))
    await follow(store, memoryFetcher(await files(list, devices)))
  }
  const trust = await follow(store, memoryFetcher(await files(LISTS + 1, [])))
  expect(trust.faults).toEqual([])
  expect(trust.isDeniedDevice(LOST)).toBe(true)
}, 60_000)

function thumbprint(of: string): string {
  return toBase64url(sha256(utf8Encode(of)))
}

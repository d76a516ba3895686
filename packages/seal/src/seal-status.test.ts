import {
  decodeStatusList,
  newStatusBits,
  openStatusList,
  type StatusList,
  setStatus,
  signStatusListCwt,
} from '@onetrip/status'
import { expect, test } from 'vitest'
import { MAKER, SEALED_AT, sealFacts } from '../samples/sample-seals.ts'
import { sealStatus } from './seal-status.ts'

const { uri, index } = sealFacts().status

async function listWith(value: number, address: string = uri): Promise<StatusList> {
  const statuses = newStatusBits(64, 2)
  setStatus({ statuses, bits: 2, index }, value)
  const issuedAt = SEALED_AT
  const content = {
    uri: address,
    bits: 2,
    statuses,
    issuedAt,
    expiresAt: issuedAt + 60,
    ttlSeconds: 60,
  } as const
  const bytes = await signStatusListCwt(content, MAKER.cose)
  return openStatusList(decodeStatusList(bytes), MAKER.cose.publicKey)
}

test.each([
  [0, undefined],
  [1, 'seal/revoked'],
  [2, 'seal/suspended'],
  [3, 'status/unknown-value'],
])('%i in the list: %s', async (value, code) => {
  expect(sealStatus(sealFacts(), await listWith(value))).toBe(code)
})

test('no list, one of another address, one that is too short', async () => {
  expect(sealStatus(sealFacts(), undefined)).toBe('status/unavailable')
  const other = await listWith(0, 'https://other.onetrip.example/s/1')
  expect(sealStatus(sealFacts(), other)).toBe('status/unavailable')
  const beyond = sealFacts({ status: { uri, index: 64 } })
  expect(sealStatus(beyond, await listWith(0))).toBe('status/index')
})

import { describe, expect, test } from 'vitest'
import {
  addPrf,
  changePasscode,
  createLock,
  type LockPlatform,
  openLock,
  openLockByPrf,
} from './lock.ts'
import { stretchNow } from './passcode-kdf.ts'
import { newDeviceKey, passcodeProblem } from './passcode-key.ts'

const { subtle } = crypto
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
/** The same function at the least cost, or each case would take a second. */
const PLATFORM: LockPlatform = {
  subtle,
  random,
  stretch: async (request) => stretchNow({ ...request, memoryKib: 8, passes: 1 }),
}
const PASSCODE = '开门 2468'
const IV = new Uint8Array(12)

async function sealedBy(dataKey: CryptoKey): Promise<ArrayBuffer> {
  return subtle.encrypt({ name: 'AES-GCM', iv: IV }, dataKey, new Uint8Array(5))
}

describe('a lock', () => {
  test('gives the same data key again, and never one that can be exported', async () => {
    const deviceKey = await newDeviceKey(subtle)
    const { record, dataKey } = await createLock({ passcode: PASSCODE, deviceKey }, PLATFORM)
    const again = await openLock(structuredClone(record), PASSCODE, PLATFORM)
    expect(await sealedBy(again.dataKey)).toEqual(await sealedBy(dataKey))
    expect([dataKey.extractable, again.dataKey.extractable, deviceKey.extractable]).toEqual([
      false,
      false,
      false,
    ])
  })

  test('takes a passcode in any form of its characters', async () => {
    const { record } = await createLock({ passcode: 'Café１２３' }, PLATFORM)
    await expect(openLock(record, 'Cafe\u0301123', PLATFORM)).resolves.toBeDefined()
  })

  test('does not open for another passcode', async () => {
    const { record } = await createLock({ passcode: PASSCODE }, PLATFORM)
    for (const wrong of ['开门 2469', '', '12345', `${PASSCODE} `]) {
      await expect(openLock(record, wrong, PLATFORM)).rejects.toMatchObject({
        code: 'key/passcode',
      })
    }
  })

  test('does not open on another device', async () => {
    const deviceKey = await newDeviceKey(subtle)
    const { record } = await createLock({ passcode: PASSCODE, deviceKey }, PLATFORM)
    const { deviceKey: _, ...copied } = record
    const stolen = [copied, { ...record, deviceKey: await newDeviceKey(subtle) }]
    for (const elsewhere of stolen) {
      await expect(openLock(elsewhere, PASSCODE, PLATFORM)).rejects.toMatchObject({
        code: 'key/passcode',
      })
    }
  })

  test('keeps its data key when the passcode changes', async () => {
    const { record, dataKey } = await createLock({ passcode: PASSCODE }, PLATFORM)
    const changed = await changePasscode({ record, passcode: PASSCODE, next: '864209' }, PLATFORM)
    const again = await openLock(changed, '864209', PLATFORM)
    expect(await sealedBy(again.dataKey)).toEqual(await sealedBy(dataKey))
    expect([record.digits, changed.digits, changed.id]).toEqual([false, true, record.id])
    await expect(openLock(changed, PASSCODE, PLATFORM)).rejects.toMatchObject({
      code: 'key/passcode',
    })
  })

  test('opens with the secret of its passkey, and with no other', async () => {
    const { record, dataKey } = await createLock({ passcode: PASSCODE }, PLATFORM)
    const passkey = { credentialId: random(20), input: random(32), secret: random(32) }
    const both = await addPrf({ record, passcode: PASSCODE, ...passkey }, PLATFORM)
    const open = await openLockByPrf(both, passkey.secret, subtle)
    expect(await sealedBy(open.dataKey)).toEqual(await sealedBy(dataKey))
    await expect(openLockByPrf(both, random(32), subtle)).rejects.toMatchObject({
      code: 'key/passcode',
    })
    await expect(openLockByPrf(record, passkey.secret, subtle)).rejects.toMatchObject({
      code: 'key/passcode',
    })
  })
})

test.each([
  ['24681', 'short'],
  ['开门二四六', 'short'],
  ['111111', 'simple'],
  ['123456', 'simple'],
  ['654321', 'simple'],
  ['abcdef', 'simple'],
  ['１２３４５６', 'simple'],
  ['135790', undefined],
  ['开门二四六八', undefined],
])('%s is %s', (passcode, problem) => {
  expect(passcodeProblem(passcode)).toBe(problem)
})

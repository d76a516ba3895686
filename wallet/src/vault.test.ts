import { describe, expect, test } from 'vitest'
import { HELD_LICENCE_FORMAT, type HeldLicence } from './held-licence.ts'
import { HISTORY_FORMAT, type HistoryEntry } from './history-entry.ts'
import { createHolderKeys } from './keys.ts'
import { stretchNow } from './passcode-kdf.ts'
import { openEntry, openLicence, placeOf, sealEntry, sealLicence, type Vault } from './vault.ts'

const { subtle } = crypto
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))

async function newVault(): Promise<Vault> {
  const parameters = { name: 'AES-GCM', length: 256 }
  const dataKey = await subtle.generateKey(parameters, false, ['encrypt', 'decrypt'])
  return { lockId: 'a', dataKey, subtle, random }
}

/** A licence as issue A stored it. */
async function licenceOfIssueA(): Promise<HeldLicence> {
  return {
    format: HELD_LICENCE_FORMAT,
    id: '00ff',
    summary: {
      typeCode: '11100000000000000B001',
      typeVersion: 1,
      typeName: { 'zh-CN': '食品经营许可证', en: 'Food licence' },
      hue: 30,
      about: 'organisation',
      number: 'JY23399010000012',
      version: 1,
      holder: '甪直龘记',
      issuer: { 'zh-CN': '某局', en: 'An office' },
      validFrom: '2026-01-01',
      expiresAt: 1_900_000_000,
    },
    sdCwt: random(300),
    sdJwt: 'a.b.c~',
    keys: await createHolderKeys({
      subtle,
      random,
      roundTrip: async (key) => key,
      askPasscode: async () => '',
      stretch: async (request) => stretchNow(request),
    }),
    receivedAt: 1_800_000_000,
    shownCount: 2,
    lastShownAt: 1_800_000_100,
    copies: [],
  }
}

const ENTRY: HistoryEntry = {
  format: HISTORY_FORMAT,
  id: 'e-1',
  at: 1_800_000_000,
  kind: 'copy',
  licenceId: '00ff',
  typeName: { 'zh-CN': '食品经营许可证', en: 'Food licence' },
  number: 'JY23399010000012',
  claims: [{ 'zh-CN': '经营者名称', en: 'Operator' }],
  recipient: { kind: 'name', name: '某某物业' },
  purpose: '办理招牌',
}

describe('a licence', () => {
  test('of a wallet without a lock opens as it is', async () => {
    const licence = await licenceOfIssueA()
    expect(await openLicence(undefined, licence)).toBe(licence)
    expect(placeOf(licence)).toBe(licence.id)
  })

  test('comes back whole, keys included', async () => {
    const [vault, licence] = [await newVault(), await licenceOfIssueA()]
    const sealed = structuredClone(await sealLicence(vault, licence, 'p-1'))
    expect(placeOf(sealed)).toBe('p-1')
    expect(await openLicence(vault, sealed)).toEqual({ ...licence, keys: sealed.keys })
  })

  test('comes back with its further copies, each with its keys', async () => {
    const [vault, licence, one, two] = [
      await newVault(),
      await licenceOfIssueA(),
      await licenceOfIssueA(),
      await licenceOfIssueA(),
    ]
    const spares = [one, two].map(({ sdCwt, sdJwt, keys }) => ({ sdCwt, sdJwt, keys }))
    const sealed = structuredClone(await sealLicence(vault, { ...licence, spares }, 'p-1'))
    const opened = await openLicence(vault, sealed)
    expect(opened).toEqual({
      ...licence,
      keys: sealed.keys,
      spares: spares.map((spare, at) => ({ ...spare, keys: sealed.spareKeys?.[at] })),
    })
    const { spareKeys, ...without } = sealed
    expect(spareKeys).toHaveLength(spares.length)
    await expect(openLicence(vault, without)).rejects.toMatchObject({ code: 'storage/corrupt' })
  })

  test('shows nothing of itself while sealed', async () => {
    const [vault, licence] = [await newVault(), await licenceOfIssueA()]
    const sealed = await sealLicence(vault, licence, 'p-1')
    const { keys: _, ciphertext, iv, ...open } = sealed
    expect(open).toEqual({ format: 2, place: 'p-1' })
    expect(Buffer.from(ciphertext).includes('JY23399010000012')).toBe(false)
    expect(iv).toHaveLength(12)
  })

  test('is storage/corrupt under another key, in another place, or changed', async () => {
    const [vault, licence] = [await newVault(), await licenceOfIssueA()]
    const sealed = await sealLicence(vault, licence, 'p-1')
    const corrupt = { code: 'storage/corrupt' }
    const flipped = Uint8Array.from(sealed.ciphertext, (byte, at) => (at === 7 ? byte ^ 1 : byte))
    await expect(openLicence(await newVault(), sealed)).rejects.toMatchObject(corrupt)
    await expect(openLicence(undefined, sealed)).rejects.toMatchObject(corrupt)
    await expect(openLicence(vault, { ...sealed, place: 'p-2' })).rejects.toMatchObject(corrupt)
    await expect(openLicence(vault, { ...sealed, ciphertext: flipped })).rejects.toMatchObject(
      corrupt,
    )
  })
})

test('an entry of the history comes back whole, and only from its own place', async () => {
  const vault = await newVault()
  const sealed = await sealEntry(vault, ENTRY)
  expect(placeOf(sealed)).toBe(ENTRY.id)
  expect(await openEntry(vault, sealed)).toEqual(ENTRY)
  expect(await openEntry(undefined, ENTRY)).toBe(ENTRY)
  await expect(openEntry(vault, { ...sealed, place: 'e-2' })).rejects.toMatchObject({
    code: 'storage/corrupt',
  })
})

import { describe, expect, test } from 'vitest'
import {
  issueFood,
  SAMPLE_NOW,
  STATUS_INDEX,
  sampleHolderKeys,
  sampleTrust,
} from '../../samples/sample-world.ts'
import { verifyHeld } from '../check-licences.ts'
import { byUse, type HeldLicence, isUnbound, renewed, shownAt, withCopy } from '../held-licence.ts'
import { HISTORY_FORMAT, type HistoryEntry } from '../history-entry.ts'
import { holderPublicKey } from '../holder-key.ts'
import { openHolderKey } from '../keys.ts'
import { heldState } from '../licence-state.ts'
import { stretchNow } from '../passcode-kdf.ts'
import { checkReceived } from '../received-licence.ts'
import { remindedAfter } from '../reminders.ts'
import { encodeBackup, parseBackup, type SavedLicence } from './backup-document.ts'
import { restoredLicence } from './restored-licence.ts'

const DAY = 86_400
const holder = {
  cbor: holderPublicKey(sampleHolderKeys.cbor),
  jws: holderPublicKey(sampleHolderKeys.jws),
}

/** A licence that was received, shown and copied. */
async function heldFood(): Promise<HeldLicence> {
  const issued = await issueFood(holder)
  const requested = {
    receiptId: 'r',
    keys: sampleHolderKeys,
    sdCwt: issued.cbor,
    sdJwt: issued.jws,
    spares: [{ keys: sampleHolderKeys, sdCwt: issued.cbor, sdJwt: issued.jws }],
  }
  const trust = await sampleTrust()
  const licence = await checkReceived({ requested, trust, now: SAMPLE_NOW })
  const copy = {
    id: 'c-1',
    madeAt: SAMPLE_NOW,
    purpose: '办理招牌',
    recipient: { kind: 'name', name: '某某物业' },
    endDay: '2026-12-31',
    disclosed: ['premises'],
    text: 'OT1:ABC',
  } as const
  const reminded = remindedAfter(undefined, { state: 'suspended', sentence: 'suspended' })
  return {
    ...shownAt(withCopy(licence, copy), SAMPLE_NOW),
    ...(reminded === undefined ? {} : { reminded }),
  }
}

async function savedFood(): Promise<{
  readonly licence: HeldLicence
  readonly saved: SavedLicence
}> {
  const licence = await heldFood()
  const { licences } = parseBackup(encodeBackup({ licences: [licence], history: [] }))
  const [saved] = licences
  if (saved === undefined) throw new Error('nothing was saved')
  return { licence, saved }
}

describe('a restored licence', () => {
  test('is what was saved, but for its keys, which are elsewhere', async () => {
    const { licence, saved } = await savedFood()
    const restored = await restoredLicence({ saved, trust: await sampleTrust(), now: SAMPLE_NOW })
    const { keys, ...rest } = restored
    const { keys: _keys, spares: _spares, ...before } = licence
    expect(rest).toEqual(before)
    expect(isUnbound(restored)).toBe(true)
    expect(isUnbound(licence)).toBe(false)
    expect(holderPublicKey(keys.cbor)).toEqual(holder.cbor)
    expect(holderPublicKey(keys.jws)).toEqual(holder.jws)
    expect(byUse([restored, { ...licence, shownCount: 0 }]).map(isUnbound)).toEqual([false, true])
  })

  test('signs nothing: key/elsewhere', async () => {
    const { saved } = await savedFood()
    const { keys } = await restoredLicence({ saved, trust: await sampleTrust(), now: SAMPLE_NOW })
    const opening = openHolderKey(keys.cbor, {
      subtle: crypto.subtle,
      askPasscode: async () => '',
      stretch: async (request) => stretchNow(request),
    })
    await expect(opening).rejects.toMatchObject({ code: 'key/elsewhere' })
  })

  test('received again has keys of this device, and its past', async () => {
    const { licence, saved } = await savedFood()
    const restored = await restoredLicence({ saved, trust: await sampleTrust(), now: SAMPLE_NOW })
    const again = renewed(restored, { ...licence, shownCount: 0, copies: [] })
    expect(again).toEqual(licence)
  })

  test('may be revoked or over, and says so', async () => {
    const { saved } = await savedFood()
    const trust = await sampleTrust([STATUS_INDEX.cbor, STATUS_INDEX.jws])
    const stateAt = async (now: number) => {
      const restored = await restoredLicence({ saved, trust, now })
      const verdicts = await verifyHeld([restored], trust, now)
      return heldState(verdicts.get(restored.id), restored.summary).state
    }
    expect(await stateAt(SAMPLE_NOW)).toBe('revoked')
    expect(await stateAt(SAMPLE_NOW + 401 * DAY)).not.toBe('in-force')
  })

  test.each<[string, (saved: SavedLicence) => Promise<SavedLicence>, string]>([
    [
      'a stranger’s signature',
      async (saved) => {
        const { cbor, jws } = await issueFood(holder, { by: 'stranger' })
        return { ...saved, sdCwt: cbor, sdJwt: jws }
      },
      'key/unknown',
    ],
    [
      'two different licences',
      async (saved) => ({
        ...saved,
        sdJwt: (await issueFood(holder, { serial: 'JY23399010000099' })).jws,
      }),
      'offer/different-licences',
    ],
    ['a damaged past', async (saved) => ({ ...saved, past: {} }), 'storage/corrupt'],
    [
      'an altered signature',
      async (saved) => ({
        ...saved,
        sdCwt: saved.sdCwt.with(-1, (saved.sdCwt.at(-1) ?? 0) ^ 1),
      }),
      'signature/invalid',
    ],
  ])('is not made of %s', async (_, change, code) => {
    const { saved } = await savedFood()
    const restoring = restoredLicence({
      saved: await change(saved),
      trust: await sampleTrust(),
      now: SAMPLE_NOW,
    })
    await expect(restoring).rejects.toMatchObject({ code })
  })

  test('is not taken from what the file says of it', async () => {
    const { licence, saved } = await savedFood()
    const past = { ...saved.past, id: 'x', summary: { holder: '别人' }, keys: sampleHolderKeys }
    const trust = await sampleTrust()
    const restored = await restoredLicence({ saved: { ...saved, past }, trust, now: SAMPLE_NOW })
    expect(restored).toMatchObject({ id: licence.id, summary: licence.summary })
    expect(isUnbound(restored)).toBe(true)
  })
})

describe('the document', () => {
  const ENTRY: HistoryEntry = {
    format: HISTORY_FORMAT,
    id: 'e-1',
    at: SAMPLE_NOW,
    kind: 'copy',
    licenceId: '00ff',
    typeName: { 'zh-CN': '食品经营许可证', en: 'Food licence' },
    number: 'JY23399010000012',
    claims: [{ 'zh-CN': '经营者名称', en: 'Operator' }],
    recipient: { kind: 'name', name: '某某物业' },
    purpose: '办理招牌',
  }

  test('holds the history as it is', () => {
    expect(parseBackup(encodeBackup({ licences: [], history: [ENTRY] }))).toEqual({
      licences: [],
      history: [ENTRY],
    })
  })

  test('holds credentials and past, and nothing of a key', async () => {
    const { saved } = await savedFood()
    expect(Object.keys(saved.past).toSorted()).toEqual([
      'copies',
      'lastShownAt',
      'receivedAt',
      'reminded',
      'shownCount',
    ])
  })

  test.each<[string, Uint8Array]>([
    ['is nothing', new Uint8Array()],
    ['is a list', Uint8Array.of(0x80)],
    ['lacks its history', Uint8Array.of(0xa0)],
    ['holds an entry of another kind', encodeBackup({ licences: [], history: [] }).map(() => 0)],
  ])('that %s is backup/corrupt', (_, document) => {
    expect(() => parseBackup(document)).toThrow(expect.objectContaining({ code: 'backup/corrupt' }))
  })
})

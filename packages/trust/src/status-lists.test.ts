import { sampleSealMaker } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import {
  SAMPLE_NOW,
  STATUS_URI,
  sampleKey,
  sampleStatusList,
  sampleTrustList,
} from '../samples/sample-trust.ts'
import { statusListOpener } from './status-lists.ts'
import { buildTrust } from './trust.ts'
import { type Agency, parseTrustList } from './trust-list.ts'

const list = parseTrustList(sampleTrustList())
const [police, market] = list.agencies
const open = statusListOpener(list.agencies)

function refused(code: string) {
  return expect.objectContaining({ code })
}

function withPoliceKey(changes: Parameters<typeof sampleKey>[1]): readonly Agency[] {
  const json = sampleTrustList()
  const agencies = json['agencies'] as readonly object[]
  const changed = { ...agencies[0], keys: [sampleKey('policeStatus', changes)] }
  return parseTrustList(JSON.parse(JSON.stringify({ ...json, agencies: [changed] }))).agencies
}

describe('a status list', () => {
  test('counts for the agency whose status key signed it', async () => {
    const opened = await open(
      await sampleStatusList({ uri: STATUS_URI.police, signer: 'policeStatus' }),
    )
    expect(opened.ownerId).toBe(police?.id)
    expect(opened.list.get(5)).toBe(1)
  })

  test('counts for a seal maker as for an agency', async () => {
    const json = sampleTrustList({
      agencies: [],
      sealMakers: [{ ...sampleSealMaker, keys: [sampleKey('policeStatus')] }],
    })
    const { agencies, sealMakers } = parseTrustList(json)
    expect(agencies).toEqual([])
    const bytes = await sampleStatusList({ uri: STATUS_URI.police, signer: 'policeStatus' })
    const opened = await statusListOpener(sealMakers)(bytes)
    expect(opened.ownerId).toBe(sampleSealMaker.id)
  })

  test('of another agency for the same address changes nothing', async () => {
    const uri = STATUS_URI.police
    const own = await open(await sampleStatusList({ uri, signer: 'policeStatus' }))
    const newer = { uri, signer: 'marketStatus', issuedAt: SAMPLE_NOW + 60 } as const
    const others = await open(await sampleStatusList(newer))
    const trust = buildTrust({ list, version: 1, parts: [], types: [], statusLists: [own, others] })
    expect(trust.statusList(police?.id ?? '', uri)).toBe(own)
    expect(trust.statusList(market?.id ?? '', uri)).toBe(others)
    const alone = buildTrust({ list, version: 1, parts: [], types: [], statusLists: [others] })
    expect(alone.statusList(police?.id ?? '', uri)).toBeUndefined()
    expect(alone.isOthersStatusList(police?.id ?? '', uri)).toBe(true)
    expect(alone.isOthersStatusList(police?.id ?? '', STATUS_URI.market)).toBe(false)
  })

  test('the newer of two is read', async () => {
    const uri = STATUS_URI.market
    const older = await open(await sampleStatusList({ uri, signer: 'marketStatus' }))
    const at = SAMPLE_NOW + 60
    const newer = await open(await sampleStatusList({ uri, signer: 'marketStatus', issuedAt: at }))
    for (const statusLists of [
      [older, newer],
      [newer, older],
    ]) {
      const trust = buildTrust({ list, version: 1, parts: [], types: [], statusLists })
      expect(trust.statusList(market?.id ?? '', uri)).toBe(newer)
      expect(trust.newestSignedTime).toBe(at)
    }
  })

  test.each([
    ['an issuing key', 'policeIssueCbor', 'key/unknown'],
    ['a stranger’s key', 'strangerCbor', 'key/unknown'],
  ] as const)('signed with %s is refused', async (_, signer, code) => {
    const bytes = await sampleStatusList({ uri: STATUS_URI.police, signer })
    await expect(open(bytes)).rejects.toThrow(refused(code))
  })

  test('altered by one bit is refused', async () => {
    const bytes = await sampleStatusList({ uri: STATUS_URI.police, signer: 'policeStatus' })
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    await expect(open(bytes)).rejects.toThrow(refused('signature/invalid'))
  })

  test.each([
    ['before its key begins', { notBefore: SAMPLE_NOW + 1 }, 'key/outside-validity'],
    ['after its key ends', { notAfter: SAMPLE_NOW - 1 }, 'key/outside-validity'],
    ['from the second of its key’s revocation', { revokedFrom: SAMPLE_NOW }, 'key/revoked'],
  ])('dated %s is refused', async (_, changes, code) => {
    const bytes = await sampleStatusList({ uri: STATUS_URI.police, signer: 'policeStatus' })
    await expect(statusListOpener(withPoliceKey(changes))(bytes)).rejects.toThrow(refused(code))
  })
})

import { Fault, type JsonValue, jwkThumbprint } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { SAMPLE_LOG, SAMPLE_WITNESSES, sampleLogEntry, sampleVkey } from '../samples/sample-log.ts'
import { sampleKey, sampleSigner, sampleTrustList } from '../samples/sample-trust.ts'
import { buildTrust } from './trust.ts'
import { parseTrustList } from './trust-list.ts'
import { parseLogs } from './trusted-logs.ts'

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return 'accepted'
}

const [one] = SAMPLE_WITNESSES
if (one === undefined) throw new TypeError('there are witnesses')

test('a list without logs has none', () => {
  expect(parseTrustList(sampleTrustList()).logs).toEqual([])
})

test('a log is read with its witnesses', () => {
  const [log] = parseTrustList(sampleTrustList({ logs: [sampleLogEntry(2)] })).logs
  expect(log).toMatchObject({ name: SAMPLE_LOG.name, quorum: 2 })
  expect(log?.key.kind).toBe('note')
  expect(log?.witnesses.map(({ name }) => name)).toEqual(SAMPLE_WITNESSES.map(({ name }) => name))
})

describe('logs that are refused', () => {
  const named = (at: number): JsonValue => {
    const vkey = sampleVkey({ ...SAMPLE_LOG, name: `log-${at}.example` })
    return sampleLogEntry(0, { vkey })
  }
  const witness = sampleVkey(one, 'cosignature')
  const seventeen = Array.from({ length: 17 }, () => witness)
  test.each<[string, JsonValue, string]>([
    ['no list', {}, 'trust/format'],
    ['nine', Array.from({ length: 9 }, (_, at) => named(at)), 'trust/format'],
    ['one name twice', [sampleLogEntry(0), sampleLogEntry(1)], 'trust/format'],
    ['another member', [sampleLogEntry(0, { url: 'x' })], 'trust/format'],
    ['a key that is none', [sampleLogEntry(0, { vkey: 'log+00000000+AAAA' })], 'note/key'],
    [
      'a witness for a log',
      [sampleLogEntry(0, { vkey: sampleVkey(SAMPLE_LOG, 'cosignature') })],
      'trust/format',
    ],
    ['a log for a witness', [sampleLogEntry(0, { witnesses: [sampleVkey(one)] })], 'trust/format'],
    ['seventeen witnesses', [sampleLogEntry(0, { witnesses: seventeen })], 'trust/format'],
    [
      'one key as two witnesses',
      [
        sampleLogEntry(2, {
          witnesses: [witness, sampleVkey({ ...one, name: 'witness.else' }, 'cosignature')],
        }),
      ],
      'trust/format',
    ],
    [
      'the log as its own witness',
      [sampleLogEntry(1, { witnesses: [sampleVkey(SAMPLE_LOG, 'cosignature')] })],
      'trust/format',
    ],
    ['more of the witnesses than there are', [sampleLogEntry(4)], 'trust/format'],
    ['a quorum below none', [sampleLogEntry(-1)], 'trust/format'],
    ['half a witness', [sampleLogEntry(1.5)], 'trust/format'],
    ['an end before its beginning', [sampleLogEntry(0, { notAfter: 1 })], 'trust/format'],
    ['no time', [sampleLogEntry(0, { notBefore: -1 })], 'time/format'],
  ])('%s', (_name, json, code) => {
    expect(codeOf(() => parseLogs(json))).toBe(code)
  })
})

describe('a revoked key whose earlier work is on record', () => {
  const revokedFrom = 1_790_000_000
  const types = ['1110000099XYN9907G038']
  const issuing = (changes: Readonly<Record<string, JsonValue>>): JsonValue =>
    sampleKey('policeIssueCbor', { use: 'issue', types, ...changes })
  const listOf = (key: JsonValue, logs: JsonValue = [sampleLogEntry(0)]) => {
    const agencies = sampleTrustList()['agencies'] as readonly object[]
    const changed = { ...agencies[0], keys: [key] }
    return JSON.parse(JSON.stringify(sampleTrustList({ agencies: [changed], logs })))
  }
  const spared = issuing({ revokedFrom, loggedBelow: 12 })

  test('says below which index, in the one log or the one that it names', () => {
    const logged = { log: SAMPLE_LOG.name, index: 12 }
    expect(parseTrustList(listOf(spared)).agencies[0]?.keys[0]).toMatchObject({ logged })
    const other = sampleVkey({ name: 'other.example', signer: sampleSigner('root') })
    const two = [sampleLogEntry(0), sampleLogEntry(0, { vkey: other, witnesses: [] })]
    expect(codeOf(() => parseTrustList(listOf(spared, two)))).toBe('trust/format')
    const naming = issuing({ revokedFrom, loggedBelow: 12, log: SAMPLE_LOG.name })
    expect(parseTrustList(listOf(naming, two)).agencies[0]?.keys[0]).toMatchObject({ logged })
  })

  test.each<[string, JsonValue, JsonValue?]>([
    ['of a key that is not revoked', issuing({ loggedBelow: 12 })],
    ['of a key for status lists', sampleKey('policeStatus', { revokedFrom, loggedBelow: 12 })],
    ['that is no index', issuing({ revokedFrom, loggedBelow: -1 })],
    ['that is a text', issuing({ revokedFrom, loggedBelow: '12' })],
    ['with a log and no index', issuing({ revokedFrom, log: SAMPLE_LOG.name })],
    ['in a log that is not named', issuing({ revokedFrom, loggedBelow: 1, log: 'other.example' })],
    ['where there is no log', spared, []],
  ])('%s is refused', (_name, key, logs) => {
    expect(codeOf(() => parseTrustList(listOf(key, logs)))).toBe('trust/format')
  })

  test('is spared no more once it is denied from earlier on', () => {
    const list = parseTrustList(listOf(spared))
    const thumbprint = jwkThumbprint(sampleSigner('policeIssueCbor').publicKey)
    const keyUnder = (from: number) =>
      buildTrust({
        ...{ list, version: 1, parts: [], types: [], statusLists: [] },
        denied: { keys: [{ thumbprint, from }], devices: [] },
      }).agencies[0]?.keys[0]
    expect(keyUnder(revokedFrom)).toMatchObject({ revokedFrom, logged: { index: 12 } })
    expect(keyUnder(revokedFrom - 1)).toMatchObject({ revokedFrom: revokedFrom - 1 })
    expect(keyUnder(revokedFrom - 1)?.logged).toBeUndefined()
  })
})

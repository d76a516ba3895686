/** What an agency is told of the entries in its name. */
import { toBase64url, toHex, utf8Encode } from '@onetrip/codec'
import {
  commitTo,
  digestOfJwt,
  encodeEntry,
  type Fact,
  type LogEntry,
  leafHash,
  SALT_BYTES,
} from '@onetrip/log'
import { describe, expect, test } from 'vitest'
import { fetchOpenings, parseOpenings } from './agency-facts.ts'
import type { NewEntry } from './follow-log.ts'
import {
  type Alert,
  concerns,
  type Memory,
  NO_MEMORY,
  reviewEntries,
  type Watch,
} from './review-entries.ts'
import { isWorkingTime, parseCalendar, parseHours } from './working-hours.ts'

const AGENCY = '11339901XYN000014M'
const OTHER = '11339901XYN0000498'
const SEAL = '33990100000017'
/** Monday 2026-11-23, 12:00 in China. */
const NOON = 1_795_406_400
const MIDNIGHT = NOON + 12 * 3600

const WATCH: Watch = {
  agency: AGENCY,
  seals: new Set([SEAL]),
  hours: { ...parseHours('08:30-17:30'), days: new Map() },
  burst: { acts: 3, seconds: 600 },
  pair: 4,
  systems: new Set(['nightly-system']),
}

const found: NewEntry[] = []
const openings = new Map<number, Uint8Array>()

function add(entry: LogEntry, opening?: Uint8Array): NewEntry {
  const index = found.length
  const one = { index, entry, leaf: leafHash(encodeEntry(entry)) }
  found.push(one)
  if (opening !== undefined) openings.set(index, opening)
  return one
}

function licence(
  name: string,
  issuer: string = AGENCY,
): NewEntry & { readonly digest: Uint8Array } {
  const digest = digestOfJwt(name)
  const entry = { kind: 'issuance', issuer, type: 'food', issuedAt: NOON, digest } as const
  return { ...add(entry), digest }
}

function impression(name: string, seal: string = SEAL): NewEntry & { readonly digest: Uint8Array } {
  const digest = digestOfJwt(name)
  return { ...add({ kind: 'impression', maker: OTHER, seal, issuedAt: NOON, digest }), digest }
}

function act(name: string, facts: Readonly<Record<string, Fact>>, at: number = NOON): NewEntry {
  const { commitment, opening } = commitTo(facts, new Uint8Array(SALT_BYTES).fill(found.length))
  return add({ kind: 'act', act: name, at, agency: AGENCY, commitment }, opening)
}

function review(
  entries: readonly NewEntry[],
  more: {
    readonly expected?: readonly string[]
    readonly memory?: Memory
    readonly isClosed?: true
  } = {},
) {
  const { expected, memory = NO_MEMORY, isClosed } = more
  return reviewEntries(entries, {
    watch: WATCH,
    memory,
    openings: isClosed ? undefined : openings,
    expected: expected === undefined ? undefined : new Set(expected),
  })
}

const names = (alerts: readonly Alert[]): readonly string[] => alerts.map(({ alert }) => alert)

describe('what is in its name', () => {
  test('licences by either form of the issuer, uses of its seals, its acts; nobody else’s', () => {
    const url = `https://api.example.cn/a/${AGENCY}`
    const own = [licence('a'), licence('b', url), impression('c'), act('licence/issue', {})]
    const others = [
      licence('d', OTHER),
      licence('e', `${AGENCY}0`),
      impression('f', '33990100000018'),
    ]
    expect(own.map(({ entry }) => concerns(entry, WATCH))).toEqual([true, true, true, true])
    expect(others.map(({ entry }) => concerns(entry, WATCH))).toEqual([false, false, false])
  })
})

describe('what was expected', () => {
  test('by leaf hash or digest, in either writing', () => {
    const entries = ['a', 'b', 'c', 'd', 'e'].map((name) => licence(`expected ${name}`))
    const texts = [toBase64url, toHex, toBase64url, toHex].map((write, at) =>
      write((at < 2 ? entries[at]?.leaf : entries[at]?.digest) ?? new Uint8Array(0)),
    )
    const { alerts } = review(entries, { expected: texts })
    const [fifth] = entries.slice(4)
    expect(alerts).toEqual([
      {
        alert: 'licence-unexpected',
        index: fifth?.index,
        at: NOON,
        details: { type: 'food', leaf: toBase64url(fifth?.leaf ?? new Uint8Array(0)) },
      },
    ])
  })

  test('by the id of what an act that names the digest is about', () => {
    const credential = licence('by id')
    const digest = toBase64url(credential.digest)
    const issue = act('credential/issue', { licence: 'licence-1', digest, officer: 'zhao' })
    const file = impression('by use')
    const use = { use: 'use-1', digest: toBase64url(file.digest), requester: 'a', keeper: 'b' }
    const sealed = act('seal-use/seal', use)
    const entries = [credential, issue, file, sealed]
    expect(review(entries, { expected: ['licence-1', 'use-1'] }).alerts).toEqual([])
    // Who did it is no reason to expect it.
    const { alerts } = review(entries, { expected: ['zhao', 'a', 'b'] })
    expect(names(alerts)).toEqual(['licence-unexpected', 'seal-use-unexpected'])
    // What it is about is named.
    expect(alerts.map(({ details }) => details)).toMatchObject([
      { licence: 'licence-1' },
      { use: 'use-1' },
    ])
    expect(review(entries).alerts).toEqual([])
  })

  test('an act whose facts are not there, or another act’s', () => {
    const one = act('licence/status', { actor: 'zhao' })
    const other = act('licence/status', { actor: 'qian' })
    openings.set(one.index, openings.get(other.index) ?? new Uint8Array(0))
    expect(names(review([one]).alerts)).toEqual(['facts-missing'])
    openings.delete(one.index)
    expect(names(review([one]).alerts)).toEqual(['facts-missing'])
    expect(review([one], { isClosed: true }).alerts).toEqual([])
  })
})

describe('hours', () => {
  const calendar = parseCalendar(utf8Encode('# 2026\n\n2026-11-23 off\n2026-11-28 on\n'))
  const hours = { ...parseHours('08:30-17:30'), days: new Map() }

  test.for([
    ['Monday noon', NOON, true, false],
    ['Monday before half past eight', NOON - 3.5 * 3600 - 1, false, false],
    ['Monday at half past eight', NOON - 3.5 * 3600, true, false],
    ['Monday at half past five', NOON + 5.5 * 3600, false, false],
    ['Tuesday noon', NOON + 86_400, true, true],
    ['Saturday noon, made a working day', NOON + 5 * 86_400, false, true],
    ['Sunday noon', NOON + 6 * 86_400, false, false],
  ] as const)('%s', ([, at, plain, withCalendar]) => {
    expect(isWorkingTime(at, hours)).toBe(plain)
    expect(isWorkingTime(at, { ...hours, days: calendar })).toBe(withCalendar)
  })

  test.for(['', '17:30-08:30', '8:30-17:30', '08:30-25:00'])(
    'hours like %j are refused',
    (text) => {
      expect(() => parseHours(text)).toThrow('--hours')
    },
  )

  test('a calendar of something else is refused', () => {
    expect(() => parseCalendar(utf8Encode('1 October off'))).toThrow('--calendar')
  })

  test('acts of people outside them are told; systems and the server itself keep none', () => {
    const entries = [
      act('licence/issue', { actor: 'zhao' }, MIDNIGHT),
      act('licence/issue', { actor: 'nightly-system' }, MIDNIGHT),
      act('credential/issue', { officer: 'zhao' }, MIDNIGHT),
    ]
    const { alerts } = review(entries)
    expect(alerts).toMatchObject([
      { alert: 'out-of-hours', at: MIDNIGHT, details: { officer: 'zhao' } },
    ])
    // Without facts it is told of what people do.
    expect(review(entries, { isClosed: true }).alerts).toHaveLength(2)
  })
})

describe('patterns', () => {
  test('a burst is told once, and again after a pause; two reviews count as one', () => {
    const at = (seconds: number) => act('licence/issue', { actor: 'zhao' }, NOON + seconds)
    const first = review([at(0), at(10), at(20)])
    expect(first.alerts).toEqual([])
    const second = review([at(30), at(40)], { memory: first.memory })
    expect(names(second.alerts)).toEqual(['burst'])
    const third = review([at(3000), at(3001), at(3002), at(3003)], { memory: second.memory })
    expect(names(third.alerts)).toEqual(['burst'])
    const slow = review([at(0), at(700), at(1400), at(2100), at(2800)])
    expect(slow.alerts).toEqual([])
  })

  test('two who only ever approve each other, told each time it doubles; files of one use count once', () => {
    const seal = (use: string, requester: string, keeper: string) =>
      act('seal-use/seal', { use, requester, keeper, digest: 'x' })
    const alone = Array.from({ length: 8 }, (_, at) => seal(`use-${at}`, 'zhao', 'qian'))
    expect(names(review(alone).alerts)).toEqual(['same-pair', 'same-pair'])
    const files = Array.from({ length: 8 }, () => seal('use-1', 'zhao', 'qian'))
    expect(review(files).alerts).toEqual([])
    const others = review([...alone.slice(0, 3), seal('use-9', 'sun', 'qian'), ...alone.slice(3)])
    expect(others.alerts).toEqual([])
  })
})

describe('openings of the API', () => {
  const answer = (entries: unknown, next?: number): Uint8Array =>
    utf8Encode(JSON.stringify({ size: 9, entries, ...(next === undefined ? {} : { next }) }))

  test('entries that have none are passed over; what is no answer is refused', () => {
    const read = parseOpenings(
      answer(
        [
          { index: 3, opening: 'AQ' },
          { index: 2, opening: null },
        ],
        2,
      ),
    )
    expect(read).toEqual({ openings: new Map([[3, Uint8Array.of(1)]]), next: 2 })
    for (const bytes of [answer({}), answer([{ opening: 'AQ' }]), utf8Encode('[]')]) {
      expect(() => parseOpenings(bytes)).toThrow('network/not-json')
    }
  })

  test('a server that is not there', async () => {
    const options = { apiKey: 'k', agency: AGENCY, from: 0 }
    await expect(fetchOpenings({ ...options, origin: 'http://127.0.0.1:9' })).rejects.toThrow(
      'network/unreachable',
    )
  })
})

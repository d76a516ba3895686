/** Under which words an entry is found again: what was done, in whose name, and the records that it is about. */
import { toBase64url } from '@onetrip/codec'
import type { Fact, LogEntry } from '@onetrip/log'

/** Facts that name a record of the database, a person as the record names them, or the digest of what was signed. */
const NAMING: ReadonlySet<string> = new Set([
  'actor',
  'batch',
  'case',
  'counter',
  'credential',
  'digest',
  'key',
  'licence',
  'member',
  'next',
  'offer',
  'order',
  'person',
  'rating',
  'report',
  'seal',
  'session',
  'use',
  'verification',
])

/** The words of an entry, each once, in order; they follow from the entry and its facts. */
export function wordsOf(entry: LogEntry, facts: ReadonlyMap<string, Fact>): readonly string[] {
  return [...new Set(namesIn(entry, facts))].sort()
}

function namesIn(entry: LogEntry, facts: ReadonlyMap<string, Fact>): readonly string[] {
  switch (entry.kind) {
    case 'issuance':
      return [entry.kind, entry.issuer, toBase64url(entry.digest)]
    case 'impression':
      return [entry.kind, entry.maker, entry.seal, toBase64url(entry.digest)]
    case 'act': {
      const named = [...facts].filter(([name]) => NAMING.has(name)).map(([, fact]) => String(fact))
      return [entry.act, ...(entry.agency === undefined ? [] : [entry.agency]), ...named]
    }
  }
}

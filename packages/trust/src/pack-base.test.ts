import { expect, test } from 'vitest'
import { isFixedFile } from './pack-base.ts'

const HASH = '0a'.repeat(32)

test.each([
  'metadata/2.root.json',
  'metadata/17.snapshot.json',
  `targets/${HASH}.trust-list.json`,
  `targets/status/1/${HASH}.1.cwt`,
  `recognised/other/targets/deny/${HASH}.list.json`,
])('%s stands for the same bytes for ever', (path) => expect(isFixedFile(path)).toBe(true))

// What a repository without consistent snapshots names, and what changes in any.
test.each([
  'metadata/timestamp.json',
  'metadata/snapshot.json',
  'metadata/root.json',
  'targets/trust-list.json',
  'targets/status/1/1.cwt',
  `targets/${HASH}/list.json`,
])('%s may change', (path) => expect(isFixedFile(path)).toBe(false))

import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utf8Encode } from '@onetrip/codec'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UsageError } from '../usage.ts'
import { checkTranscript, recordAct } from './transcript.ts'

const BYTES = utf8Encode('{}')
let folder: string
let file: string
let transcript: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-transcript-'))
  file = join(folder, '1.root.json')
  transcript = join(folder, 'transcript.jsonl')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function act(actor: string): Promise<void> {
  return recordAct({ act: 'create', file, bytes: BYTES, actor, now: 1_795_406_400 })
}

test('one whose last line lost its end goes on, and keeps every act', async () => {
  await act('甲')
  await act('乙')
  truncateSync(transcript, readFileSync(transcript).length - 1)
  expect(await checkTranscript(file, BYTES)).toMatchObject({ acts: 2 })
  await act('丙')
  const check = await checkTranscript(file, BYTES)
  expect(check.acts).toBe(3)
  expect(check.brokenAt).toBeUndefined()
})

test('one that cannot be read is not begun anew', async () => {
  mkdirSync(transcript)
  writeFileSync(join(transcript, 'x'), '')
  await expect(act('甲')).rejects.toThrow(UsageError)
  expect(readFileSync(join(transcript, 'x'), 'utf8')).toBe('')
})

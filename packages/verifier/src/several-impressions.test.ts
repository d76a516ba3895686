import { sha256 } from '@onetrip/codec'
import { encodeSealFile } from '@onetrip/seal'
import { expect, test } from 'vitest'
import {
  impressionBytes,
  impressionFacts,
  STRANGER,
  sealBytes,
} from '../../seal/samples/sample-seals.ts'
import { judgeLetter as judge } from '../samples/judge-letter.ts'
import type { DocumentVerdict } from './document-verdict.ts'

const seal = await sealBytes()
const first = await impressionBytes(impressionFacts(seal))
const bad = await impressionBytes(impressionFacts(seal), { signers: STRANGER })

async function counterSealed(earlier: typeof first): Promise<DocumentVerdict> {
  const facts = impressionFacts(seal, { covers: [sha256(earlier.cose)], approval: 'second' })
  const impressions = [earlier, await impressionBytes(facts)]
  return judge({ sealFile: encodeSealFile({ seals: [seal], impressions }) })
}

test('both good: each with its approval, the later says what it covers', async () => {
  const verdict = await counterSealed(first)
  expect(verdict).toMatchObject({ outcome: 'valid' })
  const [one, two] = verdict.impressions
  expect(two?.stated?.covers).toEqual([one?.digest])
  expect(two?.stated?.approval).toBe('second')
})

test('the covered one bad: it is red, the one that covers it cannot be told, the whole is red', async () => {
  expect(await counterSealed(bad)).toMatchObject({
    outcome: 'invalid',
    reason: 'seal/key-not-listed',
    impressions: [
      { outcome: 'invalid', reason: 'seal/key-not-listed' },
      { outcome: 'unverifiable', reason: 'seal/covered-invalid' },
    ],
  })
})

test('one bad beside a good one that does not cover it', async () => {
  const verdict = await judge({
    sealFile: encodeSealFile({ seals: [seal], impressions: [bad, first] }),
  })
  expect(verdict.outcome).toBe('invalid')
  expect(verdict.impressions.map(({ outcome }) => outcome)).toEqual(['invalid', 'valid'])
})

import { decodeCodeText, sha256 } from '@onetrip/codec'
import { parseRequest, receiptText, requestText } from '@onetrip/credential'
import { shownInAnswer } from '@onetrip/verifier'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  askingTrust,
  DEVICE,
  ENROLLER,
  NOW,
  SIGNERS,
  sampleCertificate,
  sampleReceipt,
  sampleRequest,
} from '../../../packages/verifier/samples/asking-world.ts'
import { sampleConsent } from '../../samples/asked-world.ts'
import { sampleTrust } from '../../samples/sample-world.ts'
import type { ConsentEntry } from '../asked/consent-entry.ts'
import { encodeBackup, parseBackup } from './backup-document.ts'
import { derivedConsent } from './derived-consent.ts'
import { countReceipts, restoredEntry } from './restored-history.ts'

let entry: ConsentEntry
let text: string

beforeAll(async () => {
  const consent = await sampleConsent()
  const derived = await derivedConsent(consent.entry, { trust: await askingTrust(), now: NOW + 30 })
  if (derived === undefined) throw new TypeError('the sample proves itself')
  entry = derived
  text = consent.receipt
})

const withReceipt = (receipt: ConsentEntry['receipt']): ConsentEntry =>
  receipt === undefined ? entry : { ...entry, receipt }

/** The receipt after a backup was restored. */
async function restored(
  saved: ConsentEntry,
  known?: Awaited<ReturnType<typeof askingTrust>>,
): Promise<ConsentEntry['receipt']> {
  const { history } = parseBackup(encodeBackup({ licences: [], history: [saved] }))
  const [read] = history
  if (read === undefined) throw new TypeError('nothing was saved')
  const kept = await restoredEntry(read, { trust: known, now: NOW + 30 })
  if (kept.kind !== 'consent') throw new TypeError('no consent')
  return kept.receipt
}

describe('a receipt in a backup', () => {
  test('that proves what was disclosed is kept, with the time that it states itself', async () => {
    const saved = withReceipt({ at: 1, text, unconfirmed: true })
    expect(await restored(saved, await askingTrust())).toEqual({ at: NOW + 20, text })
    expect(countReceipts([saved, entry])).toBe(1)
    expect(await restored(entry, await askingTrust())).toBeUndefined()
  })

  test('that cannot be judged is kept and says so', async () => {
    const saved = withReceipt({ at: 1, text })
    const unconfirmed = { at: NOW + 20, text, unconfirmed: true }
    expect(await restored(saved)).toEqual(unconfirmed)
    // No office stands in these trust data.
    expect(await restored(saved, await sampleTrust())).toEqual(unconfirmed)
    expect(await restored(saved, await askingTrust([DEVICE]))).toEqual(unconfirmed)
  })

  const bad: Record<string, () => Promise<ConsentEntry>> = {
    'that is none': async () => withReceipt({ at: NOW, text: 'OT1:' }),
    'that is a request': async () => withReceipt({ at: NOW, text: entry.request }),
    'that an altered signature is on': async () => {
      const bytes = decodeCodeText(text)
      const altered = bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1)
      return withReceipt({ at: NOW, text: receiptText(altered) })
    },
    'whose device was certified by nobody in the name of its office': async () => {
      const trust = await askingTrust()
      const request = parseRequest(decodeCodeText(entry.request))
      const answer = decodeCodeText(entry.answer)
      const { stranger } = SIGNERS
      const publicKey = { ...stranger.publicKey, kid: ENROLLER.publicKey.kid }
      const enroller = { ...stranger, publicKey }
      const certificate = await sampleCertificate(NOW, {}, { enroller })
      const shown = shownInAnswer(answer, { request, trust })
      const bytes = await sampleReceipt(answer, { request, shown, now: NOW, certificate })
      return withReceipt({ at: NOW, text: receiptText(bytes) })
    },
    'for another answer': async () => ({ ...withReceipt({ at: NOW, text }), answer: text }),
    'for another request': async () => {
      const random = (length: number) => sha256(Uint8Array.of(2)).slice(0, length)
      const request = requestText(await sampleRequest(NOW, { random }))
      return { ...withReceipt({ at: NOW, text }), request }
    },
    'beside a request that cannot be read': async () => ({
      ...withReceipt({ at: NOW, text }),
      request: 'ey',
    }),
  }
  test.each(Object.entries(bad))('%s is not', async (_, make) => {
    expect(await restored(await make(), await askingTrust())).toBeUndefined()
  })

  test('for another answer is not, though its counter was denied', async () => {
    const saved = { ...withReceipt({ at: NOW, text }), answer: text }
    expect(await restored(saved, await askingTrust([DEVICE]))).toBeUndefined()
  })
})

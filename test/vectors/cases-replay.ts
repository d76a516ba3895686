/** Cases of a second scan at the same counter (ARCHITECTURE §3). */
import { decodeQrText, encodeFrameLines } from '@onetrip/codec'
import type { Trust } from '@onetrip/trust'
import { copyCode, liveCode, REQUEST, requestedCode, type VectorCase } from './vector-case.ts'
import { NOW, OFFICE } from './vector-cast.ts'
import { judgeVector } from './verifier-verdicts.ts'

const CLAUSE = 'ARCHITECTURE §3'

/** All cases of this kind; the ids of earlier scans come from verdicts. */
export async function replayCases(trust: Trust): Promise<readonly VectorCase[]> {
  const live = await liveCode()
  const requested = await requestedCode()
  const copy = await copyCode()
  const idOf = async (text: string): Promise<string> => {
    const input = { trust: '', text, office: OFFICE, request: REQUEST }
    const { evidence } = await judgeVector({ input, now: NOW, trust })
    return evidence.presentationId ?? ''
  }
  return [
    {
      name: 'replay-live',
      clause: CLAUSE,
      why: 'a live code that this counter has seen',
      input: { text: live, office: OFFICE, seen: ['00'.repeat(32), await idOf(live)] },
      outcome: 'invalid',
      code: 'presentation/replayed',
    },
    {
      name: 'replay-frames',
      clause: CLAUSE,
      why: 'QR05: a live code that this counter has seen, as an animated code',
      input: {
        text: encodeFrameLines(decodeQrText(live)),
        office: OFFICE,
        seen: [await idOf(live)],
      },
      outcome: 'invalid',
      code: 'presentation/replayed',
    },
    {
      name: 'replay-requested',
      clause: CLAUSE,
      why: 'an answer that this counter has seen',
      input: { text: requested, office: OFFICE, request: REQUEST, seen: [await idOf(requested)] },
      outcome: 'invalid',
      code: 'presentation/replayed',
    },
    {
      name: 'replay-other-code',
      clause: CLAUSE,
      why: 'the counter has seen another code',
      input: { text: live, office: OFFICE, seen: [await idOf(requested)] },
      outcome: 'valid',
    },
    {
      name: 'replay-copy',
      clause: CLAUSE,
      why: 'a copy may be looked at again',
      input: { text: copy, office: OFFICE, seen: [await idOf(copy)] },
      outcome: 'caution',
      code: 'presentation/copy',
    },
  ]
}

/** The verdict on the sample letter, an hour after it was sealed, for tests. */
import type { ErrorCode } from '@onetrip/codec'
import type { FileFacts } from '@onetrip/seal'
import { LETTER_FACTS, SEALED_AT } from '../../seal/samples/sample-seals.ts'
import { sealedLetter, sealTrust } from '../../seal/samples/sealed-letter.ts'
import { type DocumentOptions, type DocumentVerdict, verifyDocument } from '../src/index.ts'

/** Good trust data. */
export const trust: Awaited<ReturnType<typeof sealTrust>> = await sealTrust()

const sealFile = await sealedLetter()

/** Judges the letter, with the file, the `.seal` or options replaced. */
export function judgeLetter(
  changes: {
    readonly file?: FileFacts
    readonly sealFile?: Uint8Array
    readonly options?: Partial<DocumentOptions>
  } = {},
): Promise<DocumentVerdict> {
  return verifyDocument(
    { file: LETTER_FACTS, sealFile, ...changes },
    { trust, now: SEALED_AT + 3600, accept: ['document'], ...changes.options },
  )
}

/** Every code that failed, on the file and on each impression, once. */
export function failedOf({ checks, impressions }: DocumentVerdict): readonly ErrorCode[] {
  const all = [...checks, ...impressions.flatMap((impression) => impression.checks)]
  return [...new Set(all.flatMap(({ code }) => code ?? []))]
}

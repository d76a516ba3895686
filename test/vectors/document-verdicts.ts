/** The vectors on sealed files as a pure function: files in, differences out. */
import { fromHex, sha256, utf8Encode } from '@onetrip/codec'
import type { Trust } from '@onetrip/trust'
import { type DocumentVerdict, verifyDocument } from '@onetrip/verifier'
import type { VectorInput } from './verifier-verdicts.ts'

/** What a vector gives the verifier. */
export interface DocumentInput extends Pick<VectorInput, 'accept' | 'environment' | 'policy'> {
  /** Name of a pack in the vectors. */
  readonly trust: string
  /** The file, as text, and the media type that it goes by. */
  readonly file: { readonly text: string; readonly mediaType: string }
  /** The `.seal`, in hexadecimal. */
  readonly seal: string
  /** Adds zero bytes to the `.seal` up to this length. */
  readonly padTo?: number
}

/** What a vector expects of the verdict. */
export interface DocumentExpectation {
  readonly outcome: DocumentVerdict['outcome']
  /** The verdict's reason. */
  readonly code?: string
  /** Failed checks as `rule code`, in order; those on impressions as `1 rule code`. */
  readonly failed: readonly string[]
  /** The outcome of each impression. */
  readonly impressions: readonly DocumentVerdict['outcome'][]
}

/** One file of `fixtures/vectors/documents`. */
export interface DocumentVector {
  readonly source: string
  readonly clause: string
  readonly why: string
  /** Unix seconds. */
  readonly now: number
  readonly input: DocumentInput
  readonly expect: DocumentExpectation
}

/** The verdict on one vector's input. */
export function judgeDocument(options: {
  readonly input: DocumentInput
  readonly now: number
  readonly trust: Trust
}): Promise<DocumentVerdict> {
  const { input, now, trust } = options
  const { accept = ['document'], environment, policy, padTo = 0 } = input
  const bytes = utf8Encode(input.file.text)
  const given = fromHex(input.seal)
  const sealFile = new Uint8Array(Math.max(padTo, given.length))
  sealFile.set(given)
  const file = { sha256: sha256(bytes), length: bytes.length, mediaType: input.file.mediaType }
  return verifyDocument(
    { file, sealFile },
    {
      trust,
      now,
      accept,
      ...(environment === undefined ? {} : { environment }),
      ...(policy === undefined ? {} : { policy }),
    },
  )
}

/** What a vector compares of a verdict. */
export function summariseDocument(verdict: DocumentVerdict): DocumentExpectation {
  const { outcome, reason, checks, impressions } = verdict
  const failedIn = (all: DocumentVerdict['checks'], prefix: string): readonly string[] =>
    all.flatMap(({ id, code }) => (code === undefined ? [] : [`${prefix}${id} ${code}`]))
  return {
    outcome,
    ...(reason === undefined ? {} : { code: reason }),
    failed: [
      ...failedIn(checks, ''),
      ...impressions.flatMap((impression, at) => failedIn(impression.checks, `${at + 1} `)),
    ],
    impressions: impressions.map((impression) => impression.outcome),
  }
}

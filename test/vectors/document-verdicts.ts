/** The vectors on sealed files as a pure function: files in, differences out. */
import { fromHex, sha256, utf8Encode } from '@onetrip/codec'
import type { Trust } from '@onetrip/trust'
import { type DocumentVerdict, type SealedDocument, verifyDocument } from '@onetrip/verifier'
import type { VectorInput } from './verifier-verdicts.ts'

/** What a vector gives the verifier. */
export interface DocumentInput extends Pick<VectorInput, 'accept' | 'environment' | 'policy'> {
  /** Name of a pack in the vectors. */
  readonly trust: string
  /** The file, as text, and the media type that it goes by. */
  readonly file?: { readonly text: string; readonly mediaType: string }
  /** The `.seal`, in hexadecimal. */
  readonly seal?: string
  /** In place of both a PDF that carries its seals, in hexadecimal. */
  readonly pdf?: string
  /** The text of its pages; left out, nobody reads it. */
  readonly pageText?: readonly string[]
  /** Adds zero bytes to the `.seal`, or the PDF, up to this length. */
  readonly padTo?: number
}

/** What a vector expects of the verdict. */
export interface DocumentExpectation {
  readonly outcome: DocumentVerdict['outcome']
  /** The verdict's reason. */
  readonly code?: string
  /** Failed checks as `rule code`, in order; those on impressions as `1 rule code`, on a licence as `licence rule code`. */
  readonly failed: readonly string[]
  /** The outcome of each impression. */
  readonly impressions: readonly DocumentVerdict['outcome'][]
  /** The outcome of the licence that the file carries. */
  readonly licence?: DocumentVerdict['outcome']
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
  const { accept = ['document'], environment, policy, pageText } = input
  return verifyDocument(documentOf(input), {
    trust,
    now,
    accept,
    ...(environment === undefined ? {} : { environment }),
    ...(policy === undefined ? {} : { policy }),
    ...(pageText === undefined ? {} : { readText: async () => pageText }),
  })
}

function documentOf({ file, seal = '', pdf, padTo = 0 }: DocumentInput): SealedDocument {
  const given = fromHex(pdf ?? seal)
  const padded = new Uint8Array(Math.max(padTo, given.length))
  padded.set(given)
  if (file === undefined) return { pdf: padded }
  const { text, mediaType } = file
  const bytes = utf8Encode(text)
  return { file: { sha256: sha256(bytes), length: bytes.length, mediaType }, sealFile: padded }
}

/** What a vector compares of a verdict. */
export function summariseDocument(verdict: DocumentVerdict): DocumentExpectation {
  const { outcome, reason, checks, impressions, licence } = verdict
  const failedIn = (all: DocumentVerdict['checks'], prefix: string): readonly string[] =>
    all.flatMap(({ id, code }) => (code === undefined ? [] : [`${prefix}${id} ${code}`]))
  return {
    outcome,
    ...(reason === undefined ? {} : { code: reason }),
    failed: [
      ...failedIn(checks, ''),
      ...impressions.flatMap((impression, at) => failedIn(impression.checks, `${at + 1} `)),
      ...failedIn(licence?.checks ?? [], 'licence '),
    ],
    impressions: impressions.map((impression) => impression.outcome),
    ...(licence === undefined ? {} : { licence: licence.outcome }),
  }
}

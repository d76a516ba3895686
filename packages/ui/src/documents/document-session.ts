/** Checking sealed files on one screen: what is here, what is still missing, how far it is, what came of it. */

import type { DocumentOptions, DocumentVerdict, SealVerdict } from '@onetrip/verifier'
import { type ReadonlySignal, signal } from '@preact/signals'
import { claimsSeals } from '../claims-seals.ts'
import { isPdf } from '../code-intake.ts'
import { checkDocument, type WholeDocument } from './check-document.ts'
import { addFiles, type DocumentFiles, readLoneSeal } from './document-files.ts'
import { type SealClaims, sealClaims } from './seal-claims.ts'

/** A verdict with what it is on. */
export interface ShownDocument {
  readonly id: string
  /** On a seal by itself it has no impressions. */
  readonly verdict: DocumentVerdict | SealVerdict
  /** Unix seconds. */
  readonly at: number
  readonly document: WholeDocument
}

/** Why nothing could be checked. */
export type DocumentTrouble = 'too-many' | 'unreadable' | 'no-trust'

/** What is going on. */
export type DocumentState =
  | {
      readonly phase: 'waiting'
      readonly files: DocumentFiles
      /** What a `.seal` without its file says, unverified; empty when it cannot be read. */
      readonly claims?: readonly SealClaims[]
      /** The file is a PDF without seals of its own. */
      readonly isBarePdf?: boolean
      readonly trouble?: DocumentTrouble
    }
  | {
      readonly phase: 'reading'
      readonly files: DocumentFiles
      /** True after a second: from then on progress is shown. */
      readonly slow: boolean
      /** Bytes read. */
      readonly done: number
      readonly total: number
    }
  | { readonly phase: 'done'; readonly shown: ShownDocument }

/** The checking of sealed files. */
export interface DocumentSession {
  readonly state: ReadonlySignal<DocumentState>
  /** Takes files, together or one after the other. Never rejects. */
  take(files: readonly File[]): Promise<void>
  /** Stops, and forgets everything. */
  clear(): void
}

/** What a session needs of its face. */
export interface SessionOptions {
  /** Gives Unix seconds. */
  readonly now: () => number
  /** What a file is judged by; nothing while there are no trust data. */
  readonly optionsAt: (now: number) => Promise<DocumentOptions | undefined>
  /** Told of each verdict. */
  readonly onVerdict?: (shown: ShownDocument) => void
}

/** Reading longer than this shows progress. */
const SLOW_MS = 1000
const EMPTY: DocumentState = { phase: 'waiting', files: {} }

/** Makes the session of a face. */
export function createDocumentSession(options: SessionOptions): DocumentSession {
  const state = signal<DocumentState>(EMPTY)
  let turn = new AbortController()

  async function take(files: readonly File[]): Promise<void> {
    const before = state.value.phase === 'done' ? {} : state.value.files
    turn.abort()
    const own = new AbortController()
    turn = own
    const set = (next: DocumentState): void => {
      if (!own.signal.aborted) state.value = next
    }
    try {
      const here = await addFiles(before, files)
      if (here === undefined) {
        set({ phase: 'waiting', files: before, trouble: 'too-many' })
        return
      }
      const whole = await wholeOf(here)
      await (whole === undefined ? wait(here, set) : judge(whole, own.signal, set))
    } catch {
      set({ phase: 'waiting', files: before, trouble: 'unreadable' })
    }
  }

  async function judge(document: WholeDocument, stop: AbortSignal, set: Setter): Promise<void> {
    const files = 'sealFile' in document ? document : { file: document.file }
    const at = options.now()
    const judgedBy = await options.optionsAt(at)
    if (judgedBy === undefined) {
      set({ phase: 'waiting', files, trouble: 'no-trust' })
      return
    }
    const reading = { phase: 'reading', files, total: document.file.size } as const
    let [done, slow] = [0, false]
    set({ ...reading, done, slow })
    const timer = setTimeout(() => {
      slow = true
      set({ ...reading, done, slow })
    }, SLOW_MS)
    try {
      const verdict = await checkDocument(document, judgedBy, {
        stop,
        onBytes(count) {
          done = count
          if (slow) set({ ...reading, done, slow })
        },
      })
      if (stop.aborted) return
      const shown = { id: crypto.randomUUID(), verdict, at, document }
      set({ phase: 'done', shown })
      options.onVerdict?.(shown)
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    state,
    take,
    clear() {
      turn.abort()
      state.value = EMPTY
    },
  }
}

type Setter = (next: DocumentState) => void

/** What can be judged of the files that are here; a `.seal` beside a file goes before what is in it. */
async function wholeOf({ file, sealFile }: DocumentFiles): Promise<WholeDocument | undefined> {
  if (file === undefined) return undefined
  if (sealFile !== undefined) return { kind: 'file', file, sealFile }
  if ((await isPdf(file)) && (await claimsSeals(file))) return { kind: 'pdf', file }
  const seal = await readLoneSeal(file)
  return seal === undefined ? undefined : { kind: 'seal', file, seal }
}

async function wait(files: DocumentFiles, set: Setter): Promise<void> {
  const { file, sealFile } = files
  set({
    phase: 'waiting',
    files,
    ...(sealFile === undefined ? {} : { claims: await sealClaims(sealFile) }),
    ...(file === undefined ? {} : { isBarePdf: await isPdf(file) }),
  })
}

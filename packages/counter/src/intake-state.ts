/** What comes from a hand scanner, as a file, by drop or by paste: read, then verified; how far that is, and what was wrong. */

import { Fault, isFrameText } from '@onetrip/codec'
import {
  areSealed,
  type ChosenFiles,
  type CodeInput,
  CodesInSight,
  type FileTrouble,
  isPackFile,
} from '@onetrip/ui'
import { type ReadonlySignal, signal } from '@preact/signals'
import { awaitsAnswer } from './ask/ask-signal.ts'
import {
  checkCode,
  isHeld,
  loadAsking,
  loadDocuments,
  loadLater,
  nextScan,
} from './counter-state.ts'
import { kiosk } from './kiosk-state.ts'
import { goTo, place } from './places.ts'

/** Why nothing could be verified. */
export type IntakeTrouble = FileTrouble | 'reader-failed' | 'frames-mixed'

/** What is going on with a file or an animated code. */
export type IntakeState =
  | { readonly phase: 'idle' }
  | {
      readonly phase: 'reading'
      /** True after a second: from then on progress is shown. */
      readonly slow: boolean
      /** Pages of a PDF being read, 1 and up. */
      readonly page?: number
      readonly pages?: number
      /** Milliseconds since the page was loaded. */
      readonly startedAt: number
    }
  /** Frames of an animated code are typed, one after the other. */
  | { readonly phase: 'frames'; readonly have: number; readonly need: number }
  | { readonly phase: 'trouble'; readonly trouble: IntakeTrouble }

/** Reading longer than this shows progress. */
const SLOW_MS = 1000
const IDLE: IntakeState = { phase: 'idle' }

const current = signal<IntakeState>(IDLE)
/** A scanner on a stand goes on typing frames when the code is whole. */
const frames = new CodesInSight([])
let reading: AbortController | undefined

/** What is going on with a file. */
export const intake: ReadonlySignal<IntakeState> = current

/** Stops reading a file, and forgets what was wrong with the last one. */
export function stopIntake(): void {
  reading?.abort()
  reading = undefined
  current.value = IDLE
}

/** Takes what a hand scanner typed: a code is verified, an animated one as soon as it is whole. */
export async function takeScan(text: string): Promise<void> {
  stopIntake()
  // A red result is not pushed aside for frames either: they are refused as a code is.
  if (!isFrameText(text) || isHeld()) return judge(text)
  try {
    const seen = frames.see(text, performance.now())
    if (seen.state === 'more') tellFrames({ phase: 'frames', have: seen.have, need: seen.need })
    if (seen.state === 'done') await judge(seen.message)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    if (error.code === 'qr/frames-mixed') tellFrames({ phase: 'trouble', trouble: 'frames-mixed' })
    else await judge(text)
  }
}

/** What is scanned while a request stands on the screen is its answer; anything else is a licence shown. */
async function judge(input: CodeInput): Promise<void> {
  if (!awaitsAnswer()) return checkCode(input)
  const { takeAnswer } = await loadAsking()
  await takeAnswer(input)
}

/** On the first screen, and where an answer is waited for, it is told how far a reading is. */
function toWhereItIsTold(): void {
  if (place.value !== 'ready' && !awaitsAnswer()) nextScan()
}

/** In words that come later. */
function tellFrames(state: IntakeState): void {
  loadLater().catch(() => undefined)
  toWhereItIsTold()
  current.value = state
}

/**
 * Takes files: a `.seal`, what is given on the screen of sealed files, a PDF with seals and a seal by itself are judged as
 * sealed files; of any others the first is looked through for a code.
 */
export async function takeFiles(files: ChosenFiles): Promise<void> {
  const [first] = files
  // What a visitor finds at a kiosk is the scanner alone.
  if (kiosk.value !== undefined) return takeContent(first)
  const turn = begin()
  const isThere = place.value === 'document' && !(await isPackFile(first))
  const isDocument = isThere || (await areSealed(files, loadDocuments))
  if (turn.signal.aborted) return
  await (isDocument ? takeDocument(files) : takeContent(first))
}

async function takeDocument(files: readonly File[]): Promise<void> {
  stopIntake()
  goTo('document')
  try {
    const { documentSession } = await loadDocuments()
    await documentSession.take(files)
  } catch {
    // The screen says that it could not be loaded.
    return
  }
}

function begin(): AbortController {
  stopIntake()
  const turn = new AbortController()
  reading = turn
  return turn
}

/**
 * Reads a text or a file and verifies what is in it; a second one ends the first. An offline pack is imported instead, where
 * the settings can be opened.
 */
export async function takeContent(content: Blob | string): Promise<void> {
  const turn = begin()
  if (typeof content !== 'string' && kiosk.value === undefined && (await isPackFile(content))) {
    return takePack(content)
  }
  // A red result is not pushed aside for progress and troubles.
  if (typeof content !== 'string' && !isHeld()) toWhereItIsTold()
  current.value = { phase: 'reading', slow: false, startedAt: performance.now() }
  const timer = setTimeout(() => advance(turn, { slow: true }), SLOW_MS)
  try {
    const { readForCounter } = await loadLater()
    const reading = await readForCounter(content, {
      signal: turn.signal,
      onPage: (progress) => advance(turn, progress),
    })
    if (turn.signal.aborted) return
    if ('trouble' in reading) end(reading.trouble)
    else await verifyRead(reading.input)
  } catch {
    if (!turn.signal.aborted) end('reader-failed')
  } finally {
    clearTimeout(timer)
  }
}

async function takePack(file: Blob): Promise<void> {
  try {
    const { packImporter } = await loadLater()
    goTo('settings')
    await packImporter.take(file)
  } catch {
    end('reader-failed')
  }
}

async function verifyRead(input: CodeInput): Promise<void> {
  reading = undefined
  current.value = IDLE
  await judge(input)
}

function end(trouble: IntakeTrouble): void {
  reading = undefined
  current.value = { phase: 'trouble', trouble }
}

interface Advance {
  readonly slow?: boolean
  readonly page?: number
  readonly pages?: number
}

function advance(turn: AbortController, change: Advance): void {
  const state = current.value
  if (turn !== reading || state.phase !== 'reading') return
  current.value = { ...state, ...change }
}

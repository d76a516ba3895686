/**
 * Kiosk mode: on a screen that faces the public there is scanning and its result and nothing else,
 * until somebody types the exit code. Kept in localStorage, so that a reload does not end it.
 */

import {
  chooseLanguage,
  chooseScale,
  isLanguage,
  type Language,
  language,
  type Scale,
  scale,
  toScale,
} from '@onetrip/ui'
import { type ReadonlySignal, signal } from '@preact/signals'
import { unixNow } from './clock.ts'
import { onKeptElsewhere } from './kept-elsewhere.ts'
import {
  type CodeHash,
  hashExitCode,
  matchesExitCode,
  parseCodeHash,
  waitAfter,
} from './kiosk-code.ts'

/** A kiosk as it is kept. */
export interface Kiosk {
  readonly format: 1
  readonly code: CodeHash
  /** Seconds without a sign of a person until everything is as at the start. */
  readonly idleSeconds: number
  /** Language and type size to come back to. */
  readonly language: Language
  readonly scale: Scale
  /** Wrong tries in a row, and when the next one may be made (Unix seconds). */
  readonly failures: number
  readonly retryAt: number
}

/** What came of typing a code. */
export type ExitAnswer = { readonly left: true } | { readonly left: false; readonly wait: number }

/** The choices of {@link Kiosk.idleSeconds}. */
export const IDLE_CHOICES: readonly number[] = [15, 30, 60, 120]

const KEY = 'onetrip.counter.kiosk.1'
const DEFAULT_IDLE_SECONDS = 60
const SALT_BYTES = 16

const current = signal<Kiosk | undefined>(undefined)

/** The kiosk, while there is one. */
export const kiosk: ReadonlySignal<Kiosk | undefined> = current

/** Goes on with a kiosk that was there before the page was loaded, or that another window starts or ends. */
export function followKiosk(): void {
  readKiosk()
  onKeptElsewhere(KEY, readKiosk)
}

function readKiosk(): void {
  try {
    current.value = parseKiosk(JSON.parse(localStorage.getItem(KEY) ?? 'null'))
  } catch {
    current.value = undefined
  }
}

/** Starts a kiosk; false where nothing can be kept, as a reload would end it. */
export async function startKiosk(options: {
  readonly code: string
  readonly idleSeconds: number
}): Promise<boolean> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES))
  return keep({
    format: 1,
    code: await hashExitCode({ code: options.code, salt }),
    idleSeconds: options.idleSeconds,
    language: language.value,
    scale: scale.value,
    failures: 0,
    retryAt: 0,
  })
}

/** Ends the kiosk when the code is right; a wrong one makes the next try wait. */
export async function leaveKiosk(code: string): Promise<ExitAnswer> {
  const open = current.value
  if (open === undefined) return { left: true }
  const now = unixNow()
  const longest = waitAfter(open.failures)
  // A clock set back must not lock the clerk out for longer than the longest wait.
  const wait = Math.min(longest, open.retryAt - now)
  if (wait > 0) return { left: false, wait }
  if (!(await matchesExitCode(code, open.code))) {
    const failures = open.failures + 1
    keep({ ...open, failures, retryAt: now + waitAfter(failures) })
    return { left: false, wait: waitAfter(failures) }
  }
  localStorage.removeItem(KEY)
  current.value = undefined
  return { left: true }
}

/** Language and type size as they were when the kiosk was started. */
export function restorePreferences({ language: spoken, scale: size }: Kiosk): void {
  if (language.value !== spoken) chooseLanguage(spoken)
  if (scale.value !== size) chooseScale(size)
}

/** Kept data to a kiosk; without a code nobody could leave it, so it is none. */
export function parseKiosk(kept: unknown): Kiosk | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined
  const found: Partial<Record<keyof Kiosk, unknown>> = kept
  const code = parseCodeHash(found.code)
  if (code === undefined) return undefined
  return {
    format: 1,
    code,
    idleSeconds:
      IDLE_CHOICES.find((choice) => choice === found.idleSeconds) ?? DEFAULT_IDLE_SECONDS,
    language: isLanguage(found.language) ? found.language : 'zh-CN',
    scale: toScale(String(found.scale)) ?? 100,
    failures: countOf(found.failures),
    retryAt: countOf(found.retryAt),
  }
}

function keep(next: Kiosk): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    return false
  }
  current.value = next
  return true
}

function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0
}

/** What a clerk sets once on this device. Kept in localStorage under one key with a format number. */

import type { Mode } from '@onetrip/credential'
import { type ReadonlySignal, signal } from '@preact/signals'
import { onKeptElsewhere } from './kept-elsewhere.ts'

/** Settings of a counter. */
export interface CounterSettings {
  /** Office id of the trust list. */
  readonly office?: string
  /** Modes that may be switched off; `live` and `requested` are always taken. */
  readonly acceptCopy: boolean
  readonly acceptPaper: boolean
  /** Seconds after which a result that is not red is left; 0 is never. */
  readonly returnSeconds: number
  /** Back to scanning after {@link continuousSeconds}; a red result waits to be acknowledged. */
  readonly continuous: boolean
  readonly continuousSeconds: number
  readonly sound: boolean
  readonly vibration: boolean
  /** Longest pause between two keys of a hand scanner, in milliseconds. */
  readonly wedgeGapMs: number
}

/** The choices of {@link CounterSettings.returnSeconds}. */
export const RETURN_CHOICES: readonly number[] = [15, 30, 60, 0]

/** The choices of {@link CounterSettings.continuousSeconds}. */
export const CONTINUOUS_CHOICES: readonly number[] = [2, 3, 5, 8]

/** The choices of {@link CounterSettings.wedgeGapMs}: cabled, slow or by radio, through a remote desktop. */
export const WEDGE_CHOICES: readonly number[] = [50, 100, 200]

const KEY = 'onetrip.counter.settings.1'

const DEFAULTS: CounterSettings = {
  acceptCopy: true,
  acceptPaper: true,
  returnSeconds: 30,
  continuous: false,
  continuousSeconds: 3,
  sound: true,
  vibration: true,
  wedgeGapMs: 50,
}

const current = signal<CounterSettings>(DEFAULTS)

/** The settings in force. */
export const settings: ReadonlySignal<CounterSettings> = current

/** Reads what was kept, now and whenever another window of this counter changes it. */
export function followSettings(): void {
  readSettings()
  onKeptElsewhere(KEY, readSettings)
}

/** Anything unreadable is left at its default. */
function readSettings(): void {
  try {
    current.value = parseSettings(JSON.parse(localStorage.getItem(KEY) ?? '{}'))
  } catch {
    current.value = DEFAULTS
  }
}

/** Changes some settings and keeps them. */
export function changeSettings(change: Partial<CounterSettings>): void {
  current.value = { ...current.value, ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(current.value))
  } catch {
    // Storage is closed to us: the choice holds while the page is open.
    return
  }
}

/** Seconds after which a result that is not red is left; 0 is never. */
export function secondsShown(set: CounterSettings): number {
  return set.continuous ? set.continuousSeconds : set.returnSeconds
}

/** The modes a scan may have under these settings. */
export function acceptedModes({ acceptCopy, acceptPaper }: CounterSettings): readonly Mode[] {
  return [
    'requested',
    'live',
    ...(acceptCopy ? (['copy'] as const) : []),
    ...(acceptPaper ? (['paper'] as const) : []),
  ]
}

/** Kept text to settings; each member is taken only when it is of its type. */
export function parseSettings(kept: unknown): CounterSettings {
  if (typeof kept !== 'object' || kept === null) return DEFAULTS
  const {
    office,
    acceptCopy,
    acceptPaper,
    returnSeconds,
    continuous,
    continuousSeconds,
    sound,
    vibration,
    wedgeGapMs,
  }: Partial<Record<keyof CounterSettings, unknown>> = kept
  return {
    ...(typeof office === 'string' && office !== '' ? { office } : {}),
    acceptCopy: typeof acceptCopy === 'boolean' ? acceptCopy : DEFAULTS.acceptCopy,
    acceptPaper: typeof acceptPaper === 'boolean' ? acceptPaper : DEFAULTS.acceptPaper,
    returnSeconds:
      RETURN_CHOICES.find((choice) => choice === returnSeconds) ?? DEFAULTS.returnSeconds,
    continuous: typeof continuous === 'boolean' ? continuous : DEFAULTS.continuous,
    continuousSeconds:
      CONTINUOUS_CHOICES.find((choice) => choice === continuousSeconds) ??
      DEFAULTS.continuousSeconds,
    sound: typeof sound === 'boolean' ? sound : DEFAULTS.sound,
    vibration: typeof vibration === 'boolean' ? vibration : DEFAULTS.vibration,
    wedgeGapMs: WEDGE_CHOICES.find((choice) => choice === wedgeGapMs) ?? DEFAULTS.wedgeGapMs,
  }
}

/**
 * What a person sets once: language and type size. Kept in localStorage and readable from the
 * address (`?lang=en&scale=150`), so that a clerk can hand a set page over.
 */

import { type ReadonlySignal, signal } from '@preact/signals'
import { isLanguage, type Language, language, setLanguage } from './language.ts'

/** The type sizes in per cent; 125 and above also raise targets to 60 px. */
export const SCALES = [100, 125, 150, 200] as const

/** One of {@link SCALES}. */
export type Scale = (typeof SCALES)[number]

const LANGUAGE_KEY = 'onetrip.language'
const SCALE_KEY = 'onetrip.scale'
const CAMERA_KEY = 'onetrip.camera'

const current = signal<Scale>(100)

/** The current type size in per cent. */
export const scale: ReadonlySignal<Scale> = current

/** Reads address, then storage, then the browser's language; call once before the first render. */
export function loadPreferences(): void {
  const query = new URLSearchParams(location.search)
  const askedLanguage = query.get('lang') ?? read(LANGUAGE_KEY)
  setLanguage(isLanguage(askedLanguage) ? askedLanguage : browserLanguage())
  applyScale(toScale(query.get('scale')) ?? toScale(read(SCALE_KEY)) ?? 100)
}

/** Switches the language and remembers it. */
export function chooseLanguage(next: Language): void {
  setLanguage(next)
  write(LANGUAGE_KEY, next)
}

/** Switches to the other language and remembers it. */
export function toggleLanguage(): void {
  chooseLanguage(language.value === 'zh-CN' ? 'en' : 'zh-CN')
}

/** Sets the type size and remembers it. */
export function chooseScale(next: Scale): void {
  applyScale(next)
  write(SCALE_KEY, String(next))
}

/** Sets the type size for this page alone. */
export function showScale(next: Scale): void {
  applyScale(next)
}

/** A camera that was chosen. */
export interface ChosenCamera {
  /** The browser makes it for this origin only, some anew with each page. */
  readonly deviceId: string
  /** Its name, by which it is found where its id is another; empty where the browser tells none. */
  readonly label: string
}

/** The camera chosen last. */
export function chosenCamera(): ChosenCamera | undefined {
  const [deviceId, label = ''] = read(CAMERA_KEY)?.split('\n') ?? []
  return deviceId === undefined ? undefined : { deviceId, label }
}

/** Remembers the choice of camera. */
export function chooseCamera({ deviceId, label }: ChosenCamera): void {
  write(CAMERA_KEY, `${deviceId}\n${label}`)
}

/** A text as a {@link Scale}, or undefined when it is none. */
export function toScale(text: string | null | undefined): Scale | undefined {
  return SCALES.find((known) => String(known) === text)
}

function applyScale(next: Scale): void {
  current.value = next
  document.documentElement.dataset['scale'] = String(next)
}

function browserLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh-CN'
}

/** Storage may be closed to us (private browsing); a preference is then for this visit only. */
function read(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    return
  }
}

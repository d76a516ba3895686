/** What a screen of the table is: its name, and how to get there in a language. */
import type { Page } from 'playwright-core'
import type { CastName } from './casts.ts'
import type { Stage } from './stage.ts'

/** The languages of both faces; zh-CN is the source. */
export const LANGUAGES = ['zh-CN', 'en'] as const

/** One of {@link LANGUAGES}. */
export type Language = (typeof LANGUAGES)[number]

/** A face: its origin is `stage.demo[face]`. */
export type Face = 'wallet' | 'counter'

/** A page being led to a screen. */
export interface Scene {
  readonly stage: Stage
  readonly page: Page
  readonly language: Language
  /** Leads the face to an address such as `#/settings`, in the language, in normal type, as if nothing had been done on it. */
  go(address: string): Promise<void>
}

/** One screen or state of a face. */
export interface Screen {
  /** Its slug, unique in its face; pictures are named after it. */
  readonly name: string
  readonly face: Face
  /** Whose browser it is seen in. */
  readonly cast: CastName
  /** It is what leaves the printer: seen on A4 only. */
  readonly printed?: true
  /** It leaves something in its page that no other must find: it loads the face afresh, and so does the next. */
  readonly spoils?: true
  /** Leads the page there and waits until it is; called once per language. */
  open(scene: Scene): Promise<void>
}

/** What of a screen its pictures hang on; the console has no casts, but members of staff. */
export interface PicturedScreen extends Pick<Screen, 'name' | 'printed'> {
  readonly face: Face | 'console'
}

/** `wallet-home-empty`: what pictures, headings and tests call a screen. */
export function nameOf({ face, name }: Pick<PicturedScreen, 'face' | 'name'>): string {
  return `${face}-${name}`
}

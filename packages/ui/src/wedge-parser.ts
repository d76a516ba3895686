/**
 * Tells a keyboard-wedge scanner from a person typing: a burst of keys, then Enter or Tab.
 * Pure: the listener feeds it keys and acts on its answers.
 */

/** A key press as the parser needs it. */
export interface WedgeKey {
  /** `KeyboardEvent.key`. */
  readonly key: string
  /** Milliseconds on any steady clock. */
  readonly at: number
  /** `isComposing`, or keyCode 229: an input method holds the key. */
  readonly composing: boolean
  /** Control, Alt or Meta is down: a shortcut, never a scan. */
  readonly modified: boolean
  /** An editable field that is not the scan box has the focus. */
  readonly elsewhere: boolean
}

/** What to do with a key. */
export type WedgeAnswer =
  /** Leave the key alone. */
  | { readonly act: 'leave' }
  /** The key belongs to a scan: keep it from the page. `recognised` once, at the key that tells. */
  | { readonly act: 'take'; readonly recognised: boolean }
  /** The scan is whole; the key is its end. */
  | { readonly act: 'scan'; readonly text: string }
  /** An input method is swallowing a burst. */
  | { readonly act: 'input-method' }

/** Settings of the parser. */
export interface WedgeSettings {
  /** Longest pause between two keys of a burst, in milliseconds. */
  readonly gapMs: number
  /** Longest pause once the prefix told that it is a scan: radio scanners and busy pages stall. */
  readonly stallMs: number
  /** Shorter bursts are somebody typing. */
  readonly minLength: number
  /** What our codes start with; they are taken even when another field has the focus. */
  readonly prefixes: readonly string[]
}

/** 50 ms, a second once recognised, 6 characters, `OT1:`, the frames of animated codes and what a phone shows a kiosk. */
export const WEDGE_SETTINGS: WedgeSettings = {
  gapMs: 50,
  stallMs: 1000,
  minLength: 6,
  prefixes: ['OT1:', 'OT1F:', 'OT1K:'],
}

/** Keys of a burst that an input method held before we say so. */
const COMPOSING_KEYS = 4
/** Longest burst kept: a V40-L code (ISO/IEC 18004) and its suffix. */
const MAX_LENGTH = 4400

/** Takes one key after the other. */
export type WedgeParser = (key: WedgeKey) => WedgeAnswer

/** A second end comes at once; nobody presses a key so soon after a scan. */
const AFTER_END_MS = 120
const LEAVE: WedgeAnswer = { act: 'leave' }
const TAKE: WedgeAnswer = { act: 'take', recognised: false }

/** Makes a parser with its own state. */
export function createWedgeParser(settings: WedgeSettings = WEDGE_SETTINGS): WedgeParser {
  let text = ''
  let composed = 0
  let lastAt = Number.NEGATIVE_INFINITY
  let endedAt = Number.NEGATIVE_INFINITY

  function end(key: WedgeKey, inBurst: boolean, taken: boolean): WedgeAnswer {
    const whole = text
    text = ''
    // Some scanners send two ends: the second must press nothing.
    if (key.at - endedAt <= AFTER_END_MS) return TAKE
    if (whole.length < settings.minLength) {
      // Nor may the end of a burst that is too short for a scan.
      return inBurst && !key.elsewhere && whole.length > 2 ? TAKE : LEAVE
    }
    if (key.elsewhere && !taken) return LEAVE
    endedAt = key.at
    return { act: 'scan', text: normaliseWedge(whole) }
  }

  return (key) => {
    if (isModifier(key.key)) return LEAVE
    const recognisedBefore = startsWithAny(text, settings.prefixes)
    const inBurst = key.at - lastAt <= (recognisedBefore ? settings.stallMs : settings.gapMs)
    if (!inBurst) {
      text = ''
      composed = 0
    }
    lastAt = key.at
    if (key.composing) {
      composed += 1
      return composed === COMPOSING_KEYS ? { act: 'input-method' } : LEAVE
    }
    if (key.modified) {
      text = ''
      return LEAVE
    }
    if (key.key === 'Enter' || key.key === 'Tab')
      return end(key, inBurst, inBurst && recognisedBefore)
    if (Array.from(key.key).length !== 1 || text.length >= MAX_LENGTH) {
      text = ''
      return LEAVE
    }
    text += key.key
    const recognised = startsWithAny(text, settings.prefixes)
    if (recognised) return { act: 'take', recognised: !(inBurst && recognisedBefore) }
    // A space in the middle of a burst would press the focused button.
    if (!key.elsewhere && inBurst && text.length > 2) return TAKE
    return LEAVE
  }
}

/**
 * What the scanner meant: full-width forms to half-width (U+FF01–FF5E, U+3000), and upper case when
 * Caps Lock turned a code round; Base45 has no lower case, so nothing is lost.
 */
export function normaliseWedge(text: string): string {
  const narrow = text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
  return /^ot1[fk]?:/i.test(narrow) ? narrow.toUpperCase() : narrow
}

function startsWithAny(text: string, prefixes: readonly string[]): boolean {
  return prefixes.some(
    (prefix) => normaliseWedge(text.slice(0, prefix.length)).toUpperCase() === prefix,
  )
}

function isModifier(key: string): boolean {
  return (
    key === 'Shift' || key === 'CapsLock' || key === 'Control' || key === 'Alt' || key === 'Meta'
  )
}

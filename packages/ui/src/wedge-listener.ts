/** Listens for a keyboard-wedge scanner on the whole page, whatever has the focus. */

import { createWedgeParser, WEDGE_SETTINGS } from './wedge-parser.ts'

/** What to listen for. */
export interface WedgeOptions {
  /** Called with each scanned text. */
  readonly onScan: (text: string) => void
  /** Called when an input method swallows a burst; tell the person. */
  readonly onInputMethod?: () => void
  /** Longest pause between two keys of a scan, in milliseconds; 50 unless said. */
  readonly gapMs?: number
}

/** Marks the field that takes scans itself: `<input data-wedge>`. */
export const WEDGE_FIELD = 'wedge'

/** Starts listening; the result stops it. */
export function listenForWedge(options: WedgeOptions): () => void {
  const { gapMs = WEDGE_SETTINGS.gapMs } = options
  const parse = createWedgeParser({ ...WEDGE_SETTINGS, gapMs })
  let touched: { readonly control: Control; readonly value: string } | undefined
  let lastAt = 0

  function onKeyDown(event: KeyboardEvent): void {
    const field = textControl(event.target)
    if (field?.dataset[WEDGE_FIELD] !== undefined && !isComposing(event)) return
    if (event.timeStamp - lastAt > gapMs) {
      const control = field ?? selectControl(event.target)
      touched = control === undefined ? undefined : { control, value: control.value }
    }
    lastAt = event.timeStamp
    const answer = parse({
      key: event.key,
      at: event.timeStamp,
      composing: isComposing(event),
      modified: event.ctrlKey || event.altKey || event.metaKey,
      elsewhere: field !== undefined,
    })
    if (answer.act === 'leave') return
    if (answer.act === 'input-method') {
      options.onInputMethod?.()
      return
    }
    event.preventDefault()
    event.stopPropagation()
    // The first characters of the prefix reached the field before we knew: take them back.
    if (answer.act === 'take' && answer.recognised && touched !== undefined) {
      restore(touched.control, touched.value)
    }
    if (answer.act === 'scan') options.onScan(answer.text)
  }

  window.addEventListener('keydown', onKeyDown, { capture: true })
  return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
}

type TextControl = HTMLInputElement | HTMLTextAreaElement
type Control = TextControl | HTMLSelectElement

const NO_TEXT = ['checkbox', 'radio', 'button', 'submit', 'file', 'range', 'color', 'reset']

function textControl(target: EventTarget | null): TextControl | undefined {
  if (target instanceof HTMLTextAreaElement) return target
  if (target instanceof HTMLInputElement && !NO_TEXT.includes(target.type)) return target
  return undefined
}

/** A choice list picks an option by the letters typed. */
function selectControl(target: EventTarget | null): HTMLSelectElement | undefined {
  return target instanceof HTMLSelectElement ? target : undefined
}

function restore(control: Control, value: string): void {
  if (control.value === value) return
  control.value = value
  control.dispatchEvent(new Event('input', { bubbles: true }))
  control.dispatchEvent(new Event('change', { bubbles: true }))
}

/** keyCode 229 is how browsers report a key that an input method took. */
function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229
}

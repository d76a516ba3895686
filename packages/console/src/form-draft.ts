/** What was typed into a form of many fields and not saved; it outlives a conflict and a reload, as every draft does. */

import * as v from 'valibot'
import { useDraft } from './draft.ts'

const TYPED = v.record(v.string(), v.string())

/** The form as it stands on the page. */
export interface FormDraft {
  readonly valueOf: (name: string) => string
  readonly set: (name: string, value: string) => void
  /** Values that differ from what is saved. */
  readonly changed: Readonly<Record<string, string>>
  readonly forget: () => void
}

/** Keeps what is typed under `name`, over the saved `form`. */
export function useFormDraft(name: string, form: Readonly<Record<string, string>>): FormDraft {
  const [text, setText] = useDraft(name)
  const typed = readTyped(text)
  const changed = Object.fromEntries(
    Object.entries(typed).filter(([field, value]) => value !== (form[field] ?? '')),
  )
  return {
    valueOf: (field) => typed[field] ?? form[field] ?? '',
    set: (field, value) => setText(JSON.stringify({ ...typed, [field]: value })),
    changed,
    forget: () => setText(''),
  }
}

function readTyped(text: string): Readonly<Record<string, string>> {
  if (text === '') return {}
  const read = v.safeParse(TYPED, JSON.parse(text))
  return read.success ? read.output : {}
}

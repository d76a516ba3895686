/** What was typed into the form of a case and not saved; it outlives a conflict and a reload, as every draft does. */

import * as v from 'valibot'
import type { CaseFile } from './case-file.ts'
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

/** Keeps what is typed over what is saved. */
export function useFormDraft({ id, form }: Pick<CaseFile, 'id' | 'form'>): FormDraft {
  const [text, setText] = useDraft(`case-form-${id}`)
  const typed = readTyped(text)
  const changed = Object.fromEntries(
    Object.entries(typed).filter(([name, value]) => value !== (form[name] ?? '')),
  )
  return {
    valueOf: (name) => typed[name] ?? form[name] ?? '',
    set: (name, value) => setText(JSON.stringify({ ...typed, [name]: value })),
    changed,
    forget: () => setText(''),
  }
}

function readTyped(text: string): Readonly<Record<string, string>> {
  if (text === '') return {}
  const read = v.safeParse(TYPED, JSON.parse(text))
  return read.success ? read.output : {}
}

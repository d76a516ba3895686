/** The one form of a case: values by the guide's fields, whole when it is handed in, filled in from licences that were shown. */
import { fault } from '@onetrip/codec'
import { dayToNumber, isPlainText } from '@onetrip/credential'
import type { Guide, GuideField } from './guide-shape.ts'

const NUMBER = /^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,2})?$/
const PHONE = /^\+?[0-9][0-9 -]{4,18}[0-9]$/
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Values by field. */
export type FormValues = Readonly<Record<string, string>>

/**
 * The form with these values in it; an empty one is taken out. Throws `case/form` for a field that the guide does not have and for a value
 * that does not fit; never with what was given.
 */
export function fillForm(guide: Guide, form: FormValues, values: FormValues): FormValues {
  const filled = new Map(Object.entries(form))
  for (const [name, value] of Object.entries(values)) {
    const field = guide.form.find((one) => one.name === name)
    if (field === undefined) throw fault('case/form')
    const text = value.trim().normalize('NFC')
    if (text === '') {
      filled.delete(name)
      continue
    }
    if (!fits(field, text)) throw fault('case/form', `at fault: ${name}`)
    filled.set(name, text)
  }
  return Object.fromEntries(filled)
}

/** Fields that are empty and that claims of a material fill in; a claim that does not fit its field is left to the person. */
export function prefill(
  guide: Guide,
  form: FormValues,
  shown: { readonly material: string; readonly claims: Readonly<Record<string, string | number>> },
): FormValues {
  const filled = new Map(Object.entries(form))
  for (const field of guide.form) {
    if (field.from?.material !== shown.material || filled.has(field.name)) continue
    const claim = field.from.claim
    const value = Object.hasOwn(shown.claims, claim) ? shown.claims[claim] : undefined
    const text = value === undefined ? '' : String(value).normalize('NFC')
    if (text !== '' && fits(field, text)) filled.set(field.name, text)
  }
  return Object.fromEntries(filled)
}

/** Throws `case/form` unless every field that has to be there is. */
export function assertFormWhole(guide: Guide, form: FormValues): void {
  const missing = guide.form.find(({ name, required }) => required && !Object.hasOwn(form, name))
  if (missing !== undefined) throw fault('case/form', `at fault: ${missing.name}`)
}

function fits({ kind, maxCharacters, options }: GuideField, text: string): boolean {
  if (text.length > maxCharacters || !isPlainText(text)) return false
  switch (kind) {
    case 'text':
      return true
    case 'choice':
      return options?.some(({ code }) => code === text) ?? false
    case 'number':
      return NUMBER.test(text)
    case 'phone':
      return PHONE.test(text)
    case 'day':
      return DAY.test(text) && isDay(text)
  }
}

function isDay(text: string): boolean {
  try {
    dayToNumber(text)
    return true
  } catch {
    return false
  }
}

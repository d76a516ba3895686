/** Texts that agencies write and people read, beside a licence's claims. */
import { isPlainText } from '@onetrip/credential'
import * as v from 'valibot'

/**
 * A text for people: trimmed, 1 to `maxCharacters` UTF-16 units, brought to NFC, without control, bidirectional or
 * invisible characters.
 */
export function plainText(maxCharacters: number): v.GenericSchema<string, string> {
  return v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1),
    v.maxLength(maxCharacters),
    v.normalize('NFC'),
    v.check(isPlainText),
  )
}

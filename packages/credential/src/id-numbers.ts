/** Check digits of GB 32100-2015 (USCC), GB 11714 (organisation code), GB 11643-1999 (ID number). */

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** By UTF-16 unit; issuing and verifying read many of these numbers. */
const USCC_VALUES = valuesOf(USCC_ALPHABET)
const ORGANISATION_VALUES = valuesOf('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ')
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const ID_CHECKS = '10X98765432'

/**
 * Whether `text` is a unified social credit code (统一社会信用代码): 18 characters without I, O, S, V,
 * Z, both check digits right (GB 32100-2015; characters 9 to 17 are an organisation code).
 */
export function isUscc(text: string): boolean {
  if (text.length !== 18) return false
  let sum = 0
  for (let i = 0; i < 17; i++) {
    const value = USCC_VALUES[text.charCodeAt(i)]
    if (value === undefined) return false
    sum += value * (USCC_WEIGHTS[i] ?? 0)
  }
  if (USCC_ALPHABET.charAt((31 - (sum % 31)) % 31) !== text.charAt(17)) return false
  return isOrganisationCode(text.slice(8, 17))
}

/** Whether `text` is an organisation code (组织机构代码), 9 characters with its check (GB 11714). */
export function isOrganisationCode(text: string): boolean {
  if (text.length !== 9) return false
  let sum = 0
  for (let i = 0; i < 8; i++) {
    const value = ORGANISATION_VALUES[text.charCodeAt(i)]
    if (value === undefined) return false
    sum += value * (ORGANISATION_WEIGHTS[i] ?? 0)
  }
  return text.charAt(8) === '0123456789X0'.charAt(11 - (sum % 11))
}

/**
 * Whether `text` is a citizen's ID number (公民身份号码): 17 digits holding a real calendar day at
 * 7 to 14, and a check digit 0-9 or X (GB 11643-1999).
 */
export function isIdNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false
  let sum = 0
  for (let i = 0; i < 17; i++) sum += Number(text.charAt(i)) * (ID_WEIGHTS[i] ?? 0)
  if (ID_CHECKS.charAt(sum % 11) !== text.charAt(17)) return false
  const year = Number(text.slice(6, 10))
  const month = Number(text.slice(10, 12))
  const day = Number(text.slice(12, 14))
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= 1000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function valuesOf(alphabet: string): readonly (number | undefined)[] {
  return Array.from({ length: 128 }, (_, unit) => {
    const value = alphabet.indexOf(String.fromCharCode(unit))
    return value < 0 ? undefined : value
  })
}

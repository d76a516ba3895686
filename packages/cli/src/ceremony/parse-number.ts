/** Whole numbers on the command line. */
import { UsageError } from '../usage.ts'

/** Reads 1 to 9999. Throws `UsageError` naming the option. */
export function parseCount(option: string, text: string): number {
  if (!/^[1-9][0-9]{0,3}$/.test(text)) throw new UsageError(`--${option} wants a number from 1`)
  return Number(text)
}

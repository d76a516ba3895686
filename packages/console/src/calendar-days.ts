/** Calendar days in Shanghai, as `YYYY-MM-DD`. */

const ZONE = 'Asia/Shanghai'

/** Today. */
export function todayHere(now: number = Date.now()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(now)
}

/** The last day of so many years that begin on a day; empty for what is no day. */
export function addYears(day: string, years: number): string {
  const first = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(first.getTime())) return ''
  first.setUTCFullYear(first.getUTCFullYear() + years)
  first.setUTCDate(first.getUTCDate() - 1)
  return first.toISOString().slice(0, 10)
}

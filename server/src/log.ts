/**
 * One JSON line per event, by pino. Fields are codes, counts, route patterns and ids of records: never names, values, keys or
 * addresses.
 */
import { pino } from 'pino'

/** Writes one event; `fields` hold no personal data. */
export type Log = (event: string, fields?: Readonly<Record<string, string | number>>) => void

/** What somebody has to look at; everything else is `info`. */
const LEVELS: ReadonlyMap<string, 'warn' | 'error'> = new Map([
  ['hsm/key-differs', 'error'],
  ['hsm/unavailable', 'error'],
  ['http/unexpected', 'error'],
  ['mirror/refused', 'warn'],
  ['record/not-cosigned', 'warn'],
  ['record/not-integrated', 'error'],
  ['rights/unreadable', 'error'],
  ['seal/not-stamped', 'warn'],
  ['status/not-published', 'error'],
  ['trust/clock-behind', 'error'],
  ['trust/ends-soon', 'warn'],
  ['trust/not-published', 'error'],
])

/**
 * Makes a log that gives each line to `write`; `now` returns Unix seconds. Where a line cannot be written it is lost: what was
 * done stays done, and is answered.
 */
export function jsonLog(write: (line: string) => void, now: () => number): Log {
  const logger = pino(
    {
      base: null,
      messageKey: 'event',
      timestamp: () => `,"at":"${new Date(now() * 1000).toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
    },
    { write: (line) => writeOrLose(write, line.trimEnd()) },
  )
  return (event, fields = {}) => logger[LEVELS.get(event) ?? 'info'](fields, event)
}

function writeOrLose(write: (line: string) => void, line: string): void {
  try {
    write(line)
  } catch {
    // A full disk (case CR02); storage says so itself.
  }
}

/** One JSON line per event. Fields are codes, counts and route patterns: never names, values, keys or addresses. */

/** Writes one event; `fields` hold no personal data. */
export type Log = (event: string, fields?: Readonly<Record<string, string | number>>) => void

/** Makes a log that gives each line to `write`; `now` returns Unix seconds. */
export function jsonLog(write: (line: string) => void, now: () => number): Log {
  return (event, fields = {}) => {
    write(JSON.stringify({ at: new Date(now() * 1000).toISOString(), event, ...fields }))
  }
}

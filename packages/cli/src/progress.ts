/** A progress bar on a terminal: counts, share, an estimate of the time left. Nothing where no person watches. */

/** Reports of long work; `end` is called whatever became of it. */
export interface Progress {
  /** `done` of `total` units; both may grow. */
  readonly update: (done: number, total: number) => void
  /** Takes the bar away. */
  readonly end: () => void
}

/** Shows nothing. */
export const NO_PROGRESS: Progress = { update: () => {}, end: () => {} }

/** The part of a terminal that a bar needs; `process.stderr` is one. */
export interface BarTerminal {
  readonly write: (text: string) => unknown
  readonly columns?: number
}

const BAR_CELLS = 20
const LEAST_INTERVAL_MS = 100
/** An estimate from less than this much work is a guess. */
const ESTIMATE_AFTER_MS = 1000
const DEFAULT_COLUMNS = 80
const CLEAR_LINE = '\r\u001b[K'

/** Draws one line, at most ten times a second; `now` is in milliseconds. */
export function progressBar(options: {
  readonly label: string
  readonly terminal: BarTerminal
  readonly now: () => number
}): Progress {
  const { label, terminal, now } = options
  const startedAt = now()
  let drawnAt = Number.NEGATIVE_INFINITY
  return {
    update: (done, total) => {
      const at = now()
      if (at - drawnAt < LEAST_INTERVAL_MS && done < total) return
      drawnAt = at
      const line = progressLine({ label, done, total, elapsedMs: at - startedAt })
      terminal.write(CLEAR_LINE + line.slice(0, (terminal.columns ?? DEFAULT_COLUMNS) - 1))
    },
    end: () => {
      if (drawnAt !== Number.NEGATIVE_INFINITY) terminal.write(CLEAR_LINE)
    },
  }
}

/** The text of a bar, such as `importing ███████░░░ 35 % · 350/1,000 · 12 s left`. */
export function progressLine(options: {
  readonly label: string
  readonly done: number
  readonly total: number
  readonly elapsedMs: number
}): string {
  const { label, done, total, elapsedMs } = options
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0
  const full = Math.floor(share * BAR_CELLS)
  const bar = '█'.repeat(full) + '░'.repeat(BAR_CELLS - full)
  const count = `${done.toLocaleString('en')}/${total.toLocaleString('en')}`
  const parts = [`${label} ${bar} ${Math.floor(share * 100)} %`, count]
  if (share > 0 && share < 1 && elapsedMs >= ESTIMATE_AFTER_MS) {
    parts.push(`${durationText((elapsedMs * (1 - share)) / share)} left`)
  }
  return parts.join(' · ')
}

function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

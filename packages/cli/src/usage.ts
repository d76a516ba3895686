/** What a command is, what it may use of the process, and what its exit codes mean (sysexits.h for 64 and 70). */
import type { Fault } from '@onetrip/codec'
import type { Progress } from './progress.ts'

/** Exit codes: the four outcomes of a verdict, wrong usage, a fault of our own. */
export const EXIT = {
  valid: 0,
  invalid: 1,
  caution: 2,
  unverifiable: 3,
  usage: 64,
  internal: 70,
} as const

/** A command line, or a file it names, that cannot be used; one line of plain words; ends in exit code 64. */
export class UsageError extends Error {
  /** @param cause what was wrong with a file, whose code `--json` tells */
  constructor(message: string, cause?: Fault) {
    super(message, { cause })
    this.name = 'UsageError'
  }
}

/** What a command may use of the process, so that a test can stand in for it. */
export interface CommandContext {
  /** What follows the command's name. */
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Unix seconds. */
  readonly now: () => number
  /** Writes a line, or several, to standard output; nothing in it can steer the terminal. */
  readonly print: (line: string) => void
  /** Reads standard input: at most `maxBytes`, and nothing beyond. */
  readonly readInput: (maxBytes: number) => Promise<Uint8Array>
  /** Asks for a secret at the terminal, without showing it. Throws {@link UsageError} where there is none. */
  readonly readSecret: (prompt: string) => Promise<string>
  /** Shows how far long work is; does nothing without a terminal or with `--json`. */
  readonly progress: (label: string) => Progress
  /** Aborted by the first SIGINT or SIGTERM, for a command whose spec says `endsOnSignal`; the second one ends the process at once. */
  readonly stopped: AbortSignal
}

/**
 * One command; resolves to the exit code. Throws {@link UsageError}; a `Fault` that it lets through is
 * input at fault and ends in exit code 1.
 */
export type Command = (context: CommandContext) => Promise<number>

/** Why people sign nothing for a demonstration. */
export const SIGNS_ITSELF =
  'the demonstration signs root and targets itself; set ONETRIP_MODE=production and its variables (README)'

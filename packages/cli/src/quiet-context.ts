/** A context without terminal, input or signals: for tests, and for a command that runs another. */
import { NO_PROGRESS } from './progress.ts'
import { type CommandContext, UsageError } from './usage.ts'

/** Fills what is left out: no arguments, an empty environment, time 0, output that nobody reads. */
export function quietContext(given: Partial<CommandContext> = {}): CommandContext {
  return {
    args: [],
    environment: {},
    now: () => 0,
    print: () => {},
    readInput: async () => new Uint8Array(0),
    readSecret: async () => {
      throw new UsageError('no terminal to ask at')
    },
    progress: () => NO_PROGRESS,
    stopped: new AbortController().signal,
    ...given,
  }
}

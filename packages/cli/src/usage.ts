/** What the command line understands, and what its exit codes mean (sysexits.h for 64 and 70). */

/** Exit codes: the four outcomes of a verdict, wrong usage, a fault of our own. */
export const EXIT = {
  valid: 0,
  invalid: 1,
  caution: 2,
  unverifiable: 3,
  usage: 64,
  internal: 70,
} as const

/** Shown whenever a command cannot be understood. */
export const USAGE = `onetrip verify FILE --trust FILE --office ID [options]
    --trust FILE     the offline pack: trust list, types, status lists
    --office ID      the office that verifies
    --root FILE      JWK that signs the trust list (default: the file named by ONETRIP_ROOT_JWK)
    --accept MODES   comma-separated: requested, live, document, copy, paper (default: all)
    --at TIME        verify as of TIME: 2026-03-01T09:10:00Z, or Unix seconds (default: now)
    --json           print the verdict as JSON
  exit: 0 valid, 1 invalid, 2 caution, 3 unverifiable, 64 wrong usage, 70 internal error
onetrip artefacts DIR
    write one of each code and credential, with the trust data to check them
onetrip demo
    open the seeded demo
onetrip serve
    serve API, wallet and counter, configured by ONETRIP_* variables
onetrip register FILE
    add agencies, offices and licence types (JSON)
onetrip api-key --agency USCC --types CODES (--person NAME | --system NAME) [--roles ROLES]
    make an API key and print it once; roles: issue, change-status, read (default: all)`

/** A command line, or a file it names, that cannot be used; ends in exit code 64. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

/** What a command may use of the process, so that a test can stand in for it. */
export interface CommandContext {
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Unix seconds. */
  readonly now: () => number
  readonly print: (line: string) => void
}

/** One command; resolves to the exit code, throws {@link UsageError}. */
export type Command = (context: CommandContext) => Promise<number>

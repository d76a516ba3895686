/** One run of `onetrip`: the command line becomes help, a command's work, or one line that says what is wrong. */
import { Fault } from '@onetrip/codec'
import { commandHelp, overviewHelp } from './command-help.ts'
import { COMMANDS } from './commands.ts'
import { type Found, findCommand } from './find-command.ts'
import { printable } from './printable.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

const HELP: ReadonlySet<string> = new Set(['--help', '-h'])

/** What a disk or a folder refuses (errno(3)): no place, no right, no room. It names the path. */
const DISK_ERRORS = [
  'EACCES',
  'EPERM',
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'EROFS',
  'ENOSPC',
  'EDQUOT',
  'EEXIST',
  'EADDRINUSE',
  'EADDRNOTAVAIL',
]

/** What one run needs beside a context. */
export interface CommandLineOptions {
  readonly argv: readonly string[]
  /** The context for a command that was found; `endsOnSignal` as its spec says. */
  readonly contextFor: (run: {
    readonly args: readonly string[]
    readonly endsOnSignal: boolean
  }) => CommandContext
  readonly print: (text: string) => void
  readonly printError: (line: string) => void
}

/** Runs the command line; resolves to the exit code and never rejects. */
export async function runCommandLine(options: CommandLineOptions): Promise<number> {
  const argv = options.argv[0] === 'help' ? [...options.argv.slice(1), '--help'] : options.argv
  const found = findCommand(argv)
  if (wantsHelp(found, argv)) {
    options.print(helpOf(found))
    return EXIT.valid
  }
  try {
    return await run(found, argv, options)
  } catch (error) {
    const name = found.kind === 'command' ? `onetrip ${found.entry.spec.name}` : 'onetrip'
    const { line, exit } = complaint(error)
    options.printError(`${name}: ${line}`)
    if (exit === EXIT.usage) options.printError(`${name} --help says how`)
    // A machine reads standard output, and finds the same shape whatever went wrong.
    if (wantsJson(found, argv))
      options.print(JSON.stringify({ error: { code: codeOf(error), exit } }))
    return exit
  }
}

async function run(
  found: Found,
  argv: readonly string[],
  options: CommandLineOptions,
): Promise<number> {
  if (found.kind === 'none') throw new UsageError(noCommand(argv[0]))
  if (found.kind === 'group') {
    const names = found.entries.map(({ spec }) => spec.name).join(', ')
    throw new UsageError(`${found.name} is followed by another word: ${names}`)
  }
  const { entry, args } = found
  const command = await entry.load()
  return await command(
    options.contextFor({
      // `npm run verify -- --json` may pass the double dash on.
      args: args[0] === '--' ? args.slice(1) : args,
      endsOnSignal: entry.spec.endsOnSignal ?? false,
    }),
  )
}

function wantsHelp(found: Found, argv: readonly string[]): boolean {
  const isHelp = optionWords(found.kind === 'command' ? found.args : argv).some((word) =>
    HELP.has(word),
  )
  if (found.kind !== 'none') return isHelp
  return HELP.has(argv[0] ?? '')
}

function wantsJson(found: Found, argv: readonly string[]): boolean {
  if (found.kind !== 'command') return optionWords(argv).includes('--json')
  return (
    found.entry.spec.options['json'] !== undefined && optionWords(found.args).includes('--json')
  )
}

/** A word that looks like an option after `--` is an operand. */
function optionWords(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--', 1)
  return args.slice(0, end < 0 ? args.length : end)
}

/** The code of input at fault, also of a file that was named; another error has none. */
function codeOf(error: unknown): string | null {
  const told = error instanceof UsageError ? error.cause : error
  return told instanceof Fault ? told.code : null
}

function helpOf(found: Found): string {
  if (found.kind === 'command') return commandHelp(found.entry.spec)
  const entries = found.kind === 'group' ? found.entries : COMMANDS
  return overviewHelp(
    entries.map(({ spec }) => spec),
    found.kind === 'group' ? found.name : '',
  )
}

function noCommand(word: string | undefined): string {
  return word === undefined ? 'no command' : `no such command: ${printable(word)}`
}

function complaint(error: unknown): { readonly line: string; readonly exit: number } {
  if (error instanceof Fault) {
    const isSaid = error.message !== error.code
    return { line: isSaid ? `${error.code}: ${error.message}` : error.code, exit: EXIT.invalid }
  }
  const message = printable(error instanceof Error ? error.message : String(error))
  // The configuration is part of the command line; its class is the server's, which need not be loaded.
  const isUsage =
    error instanceof UsageError || (error instanceof Error && error.name === 'ConfigError')
  if (isUsage) return { line: message, exit: EXIT.usage }
  if (isOfDisk(error)) return { line: message, exit: EXIT.usage }
  return { line: `internal error: ${message}`, exit: EXIT.internal }
}

function isOfDisk(error: unknown): boolean {
  return error instanceof Error && 'code' in error && DISK_ERRORS.includes(String(error.code))
}

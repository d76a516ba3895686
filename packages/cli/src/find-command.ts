/** Finds the command that an argument list names: the longest name wins, and a group is told from a mistake. */
import { COMMANDS, type CommandEntry } from './commands.ts'

/** What the words of a command line name. */
export type Found =
  | { readonly kind: 'command'; readonly entry: CommandEntry; readonly args: readonly string[] }
  | { readonly kind: 'group'; readonly name: string; readonly entries: readonly CommandEntry[] }
  | { readonly kind: 'none' }

const MAX_WORDS = 3

/** Looks at the first words only; a name such as `constructor` finds nothing. */
export function findCommand(args: readonly string[]): Found {
  for (let words = Math.min(MAX_WORDS, args.length); words > 0; words--) {
    const name = args.slice(0, words).join(' ')
    const entry = COMMANDS.find(({ spec }) => spec.name === name)
    if (entry !== undefined) return { kind: 'command', entry, args: args.slice(words) }
    const entries = COMMANDS.filter(({ spec }) => spec.name.startsWith(`${name} `))
    if (entries.length > 0) return { kind: 'group', name, entries }
  }
  return { kind: 'none' }
}

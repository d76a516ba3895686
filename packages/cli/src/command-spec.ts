/** What a command understands, as data: its help and the reading of its arguments come from the same table. */
import { parseArgs } from 'node:util'
import { printable } from './printable.ts'
import { UsageError } from './usage.ts'

/** One option, named by its long form. */
export interface OptionSpec {
  /** Placeholder of the value, such as `FILE`; left out: a flag. */
  readonly value?: string
  /** Whether the command cannot do without it. */
  readonly required?: true
  /** Whether it may be given several times; its value is then a list. */
  readonly repeat?: true
  readonly help: string
}

/** One command. */
export interface CommandSpec {
  /** One to three words: `verify`, `status show`, `trust root create`. */
  readonly name: string
  /** What it does, in one line without a full stop. */
  readonly summary: string
  /** What has to be named, in order, such as `FILE`; the last may be `FILE…`, one or more. */
  readonly operands: readonly string[]
  readonly options: Readonly<Record<string, OptionSpec>>
  /** Lines that say what the summary cannot. */
  readonly notes?: readonly string[]
  /** Exit codes of its own, `0 …`; 64 and 70 are every command's. */
  readonly exits?: readonly string[]
  /** Command lines without the leading `onetrip `; at least one. */
  readonly examples: readonly string[]
  /** Whether SIGINT and SIGTERM ask it to end (a server) instead of ending it. */
  readonly endsOnSignal?: true
}

type ValueOf<Option extends OptionSpec> = Option extends { readonly value: string }
  ? Option extends { readonly repeat: true }
    ? readonly string[]
    : Option extends { readonly required: true }
      ? string
      : string | undefined
  : boolean

/** Arguments that fit a spec. */
export interface Arguments<Spec extends CommandSpec> {
  /** As many as the spec has; more where its last may be repeated. */
  readonly operands: readonly string[]
  readonly values: { readonly [Name in keyof Spec['options']]: ValueOf<Spec['options'][Name]> }
}

/** Reads arguments strictly; throws {@link UsageError} in one line that names what is wrong. */
export function readArguments<const Spec extends CommandSpec>(
  spec: Spec,
  args: readonly string[],
): Arguments<Spec> {
  const { values, positionals } = parseOrRefuse(spec, args)
  const missing = spec.operands[positionals.length]
  if (missing !== undefined) throw new UsageError(`${missing} is missing`)
  const isOpen = spec.operands.at(-1)?.endsWith('…') ?? false
  if (positionals.length > spec.operands.length && !isOpen) {
    const extra = printable(positionals[spec.operands.length] ?? '')
    throw new UsageError(`one argument too many: ${extra}`)
  }
  const read: Record<string, string | boolean | readonly string[] | undefined> = {}
  for (const [name, option] of Object.entries(spec.options)) {
    const given = values[name]
    if (option.required && (given === undefined || given.length === 0)) {
      throw new UsageError(`--${name} ${option.value ?? ''} is missing`)
    }
    read[name] = given === undefined ? absent(option) : fromGiven(option, given)
  }
  // The loop above gave every name of the spec a value of its kind.
  return { operands: positionals, values: read as Arguments<Spec>['values'] }
}

/** Values in the order given; a flag's are empty texts. */
function parseOrRefuse(
  spec: CommandSpec,
  args: readonly string[],
): {
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly positionals: readonly string[]
} {
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(spec.options).map(([name, { value }]) => [
        name,
        { type: value === undefined ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
  })
  const values: Record<string, string[]> = Object.create(null)
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(spec.options, token.name) ? spec.options[token.name] : undefined
    if (option === undefined) throw new UsageError(`unknown option ${printable(token.rawName)}`)
    const value = optionValue(token.name, option, token.value)
    values[token.name] = [...(values[token.name] ?? []), value]
  }
  return { values, positionals }
}

function optionValue(name: string, option: OptionSpec, value: string | undefined): string {
  if (option.value === undefined) {
    if (value !== undefined) throw new UsageError(`--${name} takes no value`)
    return ''
  }
  // `--trust --json` is a forgotten file, not a file of that name.
  if (value === undefined || value === '' || /^--\w/.test(value)) {
    throw new UsageError(`--${name} wants ${option.value}`)
  }
  return value
}

function absent(option: OptionSpec): boolean | readonly string[] | undefined {
  if (option.value === undefined) return false
  return option.repeat ? [] : undefined
}

/** Of an option given twice, the last counts. */
function fromGiven(
  option: OptionSpec,
  given: readonly string[],
): boolean | string | readonly string[] {
  if (option.value === undefined) return true
  return option.repeat ? given : (given.at(-1) ?? '')
}

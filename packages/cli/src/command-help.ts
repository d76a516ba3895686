/** Help texts from the specs: of all commands, of a group (`trust root`), of one command. */
import type { CommandSpec } from './command-spec.ts'

const COMMON_EXITS = ['64 wrong usage', '70 internal error']
const DEFAULT_EXITS = ['0 done']

/** What `onetrip --help` shows: each command of `specs` in one line. */
export function overviewHelp(specs: readonly CommandSpec[], group = ''): string {
  const title = group === '' ? 'onetrip 一次办: electronic licences by command' : `onetrip ${group}`
  return [
    title,
    '',
    ...table(specs.map((spec) => [[spec.name, ...spec.operands].join(' '), spec.summary])),
    '',
    'onetrip COMMAND --help says more, with examples.',
  ].join('\n')
}

/** What `onetrip COMMAND --help` shows. */
export function commandHelp(spec: CommandSpec): string {
  const options = Object.entries(spec.options).map(([name, { value, help, repeat }]) => [
    `--${name}${value === undefined ? '' : ` ${value}`}`,
    repeat ? `${help} (may be given several times)` : help,
  ])
  return [
    `onetrip ${usageLine(spec)}`,
    '',
    `  ${spec.summary}`,
    ...(spec.notes ?? []).map((note) => `  ${note}`),
    ...section('Options', table([...options, ['--help', 'show this']])),
    ...section('Exit codes', [...(spec.exits ?? DEFAULT_EXITS), ...COMMON_EXITS].map(indent)),
    ...section(
      'Examples',
      spec.examples.map((example) => `  onetrip ${example}`),
    ),
  ].join('\n')
}

/** Name, operands and the options that a command cannot do without. */
function synopsis(spec: CommandSpec): string {
  const required = Object.entries(spec.options)
    .filter(([, option]) => option.required)
    .map(([name, { value }]) => `--${name} ${value}`)
  return [spec.name, ...spec.operands, ...required].join(' ')
}

function usageLine(spec: CommandSpec): string {
  const hasMore = Object.values(spec.options).some((option) => !option.required)
  return `${synopsis(spec)}${hasMore ? ' [options]' : ''}`
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return ['', `${title}:`, ...lines]
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const width = Math.max(...rows.map(([name = '']) => name.length))
  return rows.map(([name = '', text = '']) => `  ${name.padEnd(width)}  ${text}`)
}

function indent(line: string): string {
  return `  ${line}`
}

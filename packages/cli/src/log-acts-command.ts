/** `onetrip log acts`: reading what was done, by a server's API. */
import { readArguments } from './command-spec.ts'
import { describeEntry, toldEntries } from './log/told-entries.ts'
import { parseTime } from './parse-time.ts'
import { printableJson } from './printable.ts'
import { serverApi } from './server-api.ts'
import { logActsSpec } from './specs/log.ts'
import { type CommandContext, EXIT } from './usage.ts'

/** Prints a page of entries and where the next one begins. */
export async function runLogActs(context: CommandContext): Promise<number> {
  const { values } = readArguments(logActsSpec, context.args)
  const api = await serverApi(context, '/api/log', values)
  const { kind, agency, about, before, limit } = values
  const page = await toldEntries(api, {
    kind,
    agency,
    about,
    before,
    limit,
    since: seconds(values.since, 'since'),
    until: seconds(values.until, 'until'),
  })
  if (values.json) {
    const entries = page.entries.map(({ facts, ...told }) => ({
      ...told,
      facts: Object.fromEntries(facts),
    }))
    context.print(printableJson({ ...page, entries }))
    return EXIT.valid
  }
  for (const told of page.entries) context.print(describeEntry(told))
  if (page.next !== undefined) context.print(`older: --before ${page.next}`)
  return EXIT.valid
}

function seconds(text: string | undefined, option: string): string | undefined {
  return text === undefined ? undefined : String(parseTime(text, option))
}

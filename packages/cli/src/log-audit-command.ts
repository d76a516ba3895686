/** `onetrip log audit`: the audit of this server's own rows. */
import { auditRecord, loadConfig, openServices, type RecordFault, recordKey } from '@onetrip/server'
import { readArguments } from './command-spec.ts'
import { readKept } from './log-verify-command.ts'
import { printable, printableJson } from './printable.ts'
import { logAuditSpec } from './specs/log.ts'
import { type CommandContext, EXIT } from './usage.ts'

/** Prints whether all fits, or the first row that does not; throws the `Fault` of a kept checkpoint that is none. */
export async function runLogAudit(context: CommandContext): Promise<number> {
  const { values } = readArguments(logAuditSpec, context.args)
  const config = loadConfig(context.environment)
  const services = await openServices({ config, now: context.now })
  const progress = context.progress('record')
  try {
    const kept =
      values.kept === undefined
        ? undefined
        : await readKept(context, values.kept, recordKey(services))
    const bad = await auditRecord(services, {
      ...(kept === undefined ? {} : { kept }),
      onProgress: progress.update,
    })
    progress.end()
    const good = bad === undefined
    const words = good ? 'every row fits' : wordsOf(bad)
    context.print(values.json ? printableJson({ good, ...bad }) : words)
    return good ? EXIT.valid : EXIT.invalid
  } finally {
    progress.end()
    await services.close()
  }
}

function wordsOf({ table, place, id }: RecordFault): string {
  if (id === undefined) return `${table} ${place} is not as it was written`
  const row = printable(`${table} ${id}`)
  return place === undefined
    ? `no act brought ${row}`
    : `${row} is not as the acts about it left it, the last of them entry ${place}`
}

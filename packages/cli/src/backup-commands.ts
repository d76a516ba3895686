/** `onetrip backup` and `onetrip restore`: this server's database and keys, into a folder and out of it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fault } from '@onetrip/codec'
import { loadConfig, openParts, type Replayed, restoreBackup, writeBackup } from '@onetrip/server'
import { readArguments } from './command-spec.ts'
import { printable, printableJson } from './printable.ts'
import { backupSpec, restoreSpec } from './specs/backup.ts'
import { type CommandContext, EXIT } from './usage.ts'

/**
 * Writes a backup and says what is in it. Throws `restore/nothing` where no server has run, which would be made anew and backed up;
 * `restore/not-empty`, `restore/tools`.
 */
export async function runBackup(context: CommandContext): Promise<number> {
  const { operands } = readArguments(backupSpec, context.args)
  const [folder = ''] = operands
  const config = loadConfig(context.environment)
  if (!existsSync(join(config.dataDir, 'keys'))) throw fault('restore/nothing', config.dataDir)
  const services = await openParts({ config, now: context.now })
  try {
    const { database, files, entries } = await writeBackup(services, folder)
    context.print(
      `${printable(folder)}: database (${database}) and ${files.length - 1} key files, ${entries} entries of the log or more`,
    )
    return EXIT.valid
  } finally {
    await services.close()
  }
}

/** Puts a backup back and says what was replayed. Throws as `restoreBackup`. */
export async function runRestore(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(restoreSpec, context.args)
  const [folder = ''] = operands
  const { published, json } = values
  const config = loadConfig(context.environment)
  const replayed = await restoreBackup({ config, now: context.now, folder, published })
  context.print(json ? printableJson(replayed) : wordsOf(replayed))
  return EXIT.valid
}

function wordsOf(replayed: Replayed): string {
  const { entries, size, statuses, suspended, denials, witnesses } = replayed
  const { takenBack, unpublished } = replayed
  return [
    `the log goes on from ${size} entries, of which the backup lacked ${entries}`,
    `${witnesses.answered} of ${witnesses.asked} witnesses said what they know of it`,
    `${statuses} indices of status lists read as they were published; ${suspended} licences are suspended until their agencies say more`,
    `${denials} denials were taken over`,
    ...(unpublished === 0
      ? []
      : [
          `${unpublished} changes of status were made after the published lists: their agencies have to make them again`,
        ]),
    ...(takenBack === 0
      ? []
      : [
          `${takenBack} keys or roles were taken back after the backup: look through API keys and members before the server is opened to others`,
        ]),
  ].join('\n')
}

/** `onetrip archive`: packages of a window's cases that are over, each a file of its own that is never written twice. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readSubject } from '@onetrip/archive'
import { Fault } from '@onetrip/codec'
import {
  type Actor,
  type ClosedCase,
  closedCase,
  closedCases,
  loadConfig,
  openServices,
  packClosedCase,
  packerNamed,
  type Services,
} from '@onetrip/server'
import { AS_USUAL, makeFolder } from '@onetrip/server/make-folder'
import { createFile } from './ceremony/write-file.ts'
import { readArguments } from './command-spec.ts'
import { printable } from './printable.ts'
import { archiveSpec } from './specs/archive.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

/** Writes what is not there yet, and says what became of each. Throws `UsageError`; `case/not-found`, `time/format`. */
export async function runArchive(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(archiveSpec, context.args)
  const { agency, person, from, to } = values
  const [folder = ''] = operands
  const isByDay = from !== undefined && to !== undefined
  if (isByDay === values.case.length > 0 || (from === undefined) !== (to === undefined)) {
    throw new UsageError('wanted: --from DAY and --to DAY, or --case ID')
  }
  const config = loadConfig(context.environment)
  const services = await openServices({ config, now: context.now })
  const progress = context.progress('archive')
  try {
    const cases = isByDay
      ? await closedCases(services, { agency, from, to })
      : await Promise.all(values.case.map((id) => closedCase(services, { agency, idOrNumber: id })))
    makeFolder(folder, AS_USUAL)
    let [done, failed] = [0, 0]
    const packing = packingFor(services, { folder, agency, person })
    for (const one of cases) {
      progress.update(done, cases.length)
      const { isThere, words } = await packing(one)
      context.print(`${printable(one.name)}.zip: ${words}`)
      if (!isThere) failed += 1
      done += 1
    }
    progress.update(done, cases.length)
    context.print(
      `${cases.length - failed} of ${cases.length} packages are in ${printable(folder)}`,
    )
    return failed === 0 ? EXIT.valid : EXIT.invalid
  } finally {
    progress.end()
    await services.close()
  }
}

interface Outcome {
  readonly isThere: boolean
  readonly words: string
}

/** Whoever packs is written down with the first package, so that a run which finds all of them there writes nothing. */
function packingFor(
  services: Services,
  of: { readonly folder: string; readonly agency: string; readonly person: string },
): (one: ClosedCase) => Promise<Outcome> {
  let actor: Promise<Actor> | undefined
  return async (one) => {
    const path = join(of.folder, `${one.name}.zip`)
    if (existsSync(path)) return found(await readFile(path), one)
    try {
      actor ??= packerNamed(services, of)
      const { bytes } = await packClosedCase(services, { actor: await actor, id: one.id })
      await createFile(path, bytes)
      return { isThere: true, words: 'written' }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return { isThere: false, words: `not packed: ${error.code}` }
    }
  }
}

function found(bytes: Uint8Array, { id }: ClosedCase): Outcome {
  try {
    const subject = readSubject(bytes)
    if (subject.kind === 'case' && subject.id === id) {
      return { isThere: true, words: 'is there already' }
    }
    return { isThere: false, words: 'the file that is there is of something else; it was left' }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return {
      isThere: false,
      words: `the file that is there is damaged (${error.code}); it was left`,
    }
  }
}

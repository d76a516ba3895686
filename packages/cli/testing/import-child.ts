/** For the crash tests: `onetrip pack import` in a process of its own, which says when it begins. */
import process from 'node:process'
import { runPackImport } from '../src/pack-import-command.ts'
import { quietContext } from '../src/quiet-context.ts'

process.stdout.write('begins\n')
const context = quietContext({
  args: process.argv.slice(3),
  now: () => Number(process.argv[2]),
})
process.exitCode = await runPackImport(context)

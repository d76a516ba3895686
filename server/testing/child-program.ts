/** The programs that tests start and kill: their sources, or what `npm test` made of them in few files, which start sooner. */
import { join, resolve } from 'node:path'

/** Names the folder of the programs made of few files. */
export const CHILDREN = 'ONETRIP_TEST_CHILDREN'

/** The sources, from the workspace. */
export const CHILD_PROGRAMS = {
  onetrip: 'packages/cli/src/main.ts',
  'command-child': 'packages/cli/testing/command-child.ts',
  'seed-child': 'packages/cli/testing/seed-child.ts',
  'make-keys': 'test/e2e/make-keys.ts',
  'crash-child': 'server/testing/crash-child.ts',
  'import-child': 'packages/cli/testing/import-child.ts',
  'serve-child': 'server/testing/serve-child.ts',
  'storage-child': 'server/testing/storage-child.ts',
} as const

/** Path of a program that Node starts. */
export function childProgram(name: keyof typeof CHILD_PROGRAMS): string {
  const folder = process.env[CHILDREN]
  if (folder !== undefined) return join(folder, `${name}.mjs`)
  return resolve(import.meta.dirname, '../..', CHILD_PROGRAMS[name])
}

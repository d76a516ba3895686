/** Reads a folder of the project's own vectors. */
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const FOLDER = resolve(import.meta.dirname, '../../fixtures/vectors')

/** The JSON files of `fixtures/vectors/NAME` and its folders, by path without `.json`, in order. */
export function readVectorFolder<File>(name: string): Readonly<Record<string, File>> {
  const folder = resolve(FOLDER, name)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return Object.fromEntries(
    files
      .filter((file) => file.endsWith('.json'))
      .map((file) => [
        file.replace(/\.json$/, ''),
        JSON.parse(readFileSync(resolve(folder, file), 'utf8')),
      ]),
  )
}

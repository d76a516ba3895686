/**
 * The programs that tests start again and again, each in few files: a process loads those in a second less than the two thousand
 * modules of its sources. Without them (`CHILDREN` unset, one test by itself) the sources are started.
 */
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'vite'
import { CHILD_PROGRAMS } from '../server/testing/child-program.ts'

const root = resolve(import.meta.dirname, '..')

/** They load what is no JavaScript, or are loaded by few. */
const OUTSIDE = new Set(['koffi', 'vite'])

/** A module still knows where its source is: what stands beside it is found there. */
const sourcePlaces: Plugin = {
  name: 'source-places',
  transform: (code, id) =>
    code
      .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)))
      .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)),
}

const outside: Plugin = {
  name: 'outside',
  enforce: 'pre',
  async resolveId(source, importer) {
    if (!OUTSIDE.has(source)) return null
    const found = await this.resolve(source, importer, { skipSelf: true })
    if (found === null) throw new Error(`${source} is not installed`)
    return { id: pathToFileURL(found.id).href, external: true }
  },
}

/** Writes the programs into `folder`. */
export async function bundleChildren(folder: string): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [outside, sourcePlaces],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node24',
      minify: false,
      outDir: folder,
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries(CHILD_PROGRAMS).map(([name, source]) => [name, join(root, source)]),
        ),
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
        checks: { eval: false },
      },
    },
  })
}

/** Builds the faces and measures the JavaScript that their first load needs. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'

/** A face and the most that its first load may cost. */
export interface Face {
  readonly face: string
  readonly folder: string
  /** Bytes of JavaScript, gzip -9; the scanner and the fallback engine load later. */
  readonly budget: number
}

/** One script of the first load. */
export interface Script {
  readonly name: string
  readonly gzipBytes: number
}

/** What a face weighs, and every module of ours or others that any of its scripts holds. */
export interface MeasuredFace extends Face {
  readonly scripts: readonly Script[]
  readonly modules: readonly string[]
}

const root = resolve(import.meta.dirname, '../..')
const BUDGET_BYTES = 60 * 1024

/** The faces and their budgets. */
export const FACES: readonly Face[] = [
  { face: 'wallet', folder: 'wallet', budget: BUDGET_BYTES },
  { face: 'counter', folder: 'packages/counter', budget: BUDGET_BYTES },
  { face: 'console', folder: 'packages/console', budget: BUDGET_BYTES },
]

/** As large as a real one. */
const { root: sampleRoot }: { readonly root: string } = JSON.parse(
  readFileSync(resolve(root, 'fixtures/vectors/trust-packs/main.json'), 'utf8'),
)

/** Builds and measures each face. */
export async function measureFaces(faces: readonly Face[]): Promise<readonly MeasuredFace[]> {
  Object.assign(process.env, {
    VITE_ONETRIP_API_ORIGIN: 'https://api.onetrip.example',
    VITE_ONETRIP_WALLET_ORIGIN: 'https://wallet.onetrip.example',
    VITE_ONETRIP_COUNTER_ORIGIN: 'https://counter.onetrip.example',
    VITE_ONETRIP_ENVIRONMENT: 'demo',
    VITE_ONETRIP_ROOT: sampleRoot,
  })
  const measured: MeasuredFace[] = []
  for (const face of faces) measured.push(await measureFace(face))
  return measured
}

async function measureFace(face: Face): Promise<MeasuredFace> {
  const outDir = mkdtempSync(join(tmpdir(), 'onetrip-size-'))
  const result = await build({
    configFile: resolve(root, face.folder, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  }).finally(() => rmSync(outDir, { recursive: true, force: true }))
  const chunks = outputs(result).filter((output) => output.type === 'chunk')
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const first = new Set<string>()
  const visit = (name: string): void => {
    const chunk = byName.get(name)
    if (chunk === undefined || first.has(name)) return
    first.add(name)
    chunk.imports.forEach(visit)
  }
  for (const chunk of chunks) if (chunk.isEntry) visit(chunk.fileName)
  return {
    ...face,
    scripts: [...first].map((name) => ({
      name,
      gzipBytes: gzipSync(byName.get(name)?.code ?? '', { level: 9 }).length,
    })),
    modules: chunks.flatMap((chunk) =>
      Object.entries(chunk.modules)
        .filter(([, { renderedLength }]) => renderedLength > 0)
        .map(([id]) => id.replace(`${root}/`, '')),
    ),
  }
}

function outputs(
  result: Awaited<ReturnType<typeof build>>,
): readonly (Rolldown.OutputChunk | Rolldown.OutputAsset)[] {
  if ('output' in result) return result.output
  if (Array.isArray(result)) return result.flatMap(({ output }) => output)
  throw new TypeError('vite is watching')
}

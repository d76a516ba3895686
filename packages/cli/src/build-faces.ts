/** Builds wallet, counter and console for one server: its origins, and the root metadata that its trust data start from. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Config, FaceFolders } from '@onetrip/server'

const workspace = resolve(import.meta.dirname, '../../..')
const FOLDERS = {
  wallet: 'wallet',
  counter: 'packages/counter',
  console: 'packages/console',
} as const
/** What a build is made of, with the lock file. */
const SOURCES = ['wallet', 'packages']
const NO_SOURCE = ['node_modules', 'dist']
/** Name of the file that says what the build beside it was made of; it is written last. */
export const STAMP = 'built-from'

/**
 * Builds the faces below `config.dataDir`, unless they are there already; returns where they are. `onBuild` is told before
 * what takes a while.
 */
export async function buildFaces(
  config: Config,
  root: Uint8Array,
  onBuild: () => void = () => {},
): Promise<FaceFolders> {
  const folder = join(config.dataDir, 'faces')
  const settings = faceSettings(config, root)
  const faces = {
    wallet: join(folder, 'wallet'),
    counter: join(folder, 'counter'),
    console: join(folder, 'console'),
  }
  const stamp = join(folder, STAMP)
  const fingerprint = fingerprintOf(settings)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return faces
  onBuild()
  rmSync(stamp, { force: true })
  // Vite reads its settings from the environment.
  Object.assign(process.env, settings)
  await buildFace('wallet', faces.wallet)
  await buildFace('counter', faces.counter)
  await buildFace('console', faces.console)
  writeFileSync(stamp, fingerprint)
  return faces
}

/** What the faces of a server are built with, by the names that Vite knows it by. */
export function faceSettings(config: Config, root: Uint8Array): Readonly<Record<string, string>> {
  return {
    VITE_ONETRIP_API_ORIGIN: config.apiOrigin,
    VITE_ONETRIP_REACHED_ORIGINS: config.walletReaches.join(' '),
    VITE_ONETRIP_WALLET_ORIGIN: config.walletOrigin,
    VITE_ONETRIP_COUNTER_ORIGIN: config.counterOrigin,
    VITE_ONETRIP_ENVIRONMENT: config.environment,
    VITE_ONETRIP_ROOT: Buffer.from(root).toString('utf8'),
  }
}

/** What faces are known by that were built with `settings`: SHA-256 over them and every source file. */
export function fingerprintOf(settings: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256').update(JSON.stringify(settings))
  for (const file of ['pnpm-lock.yaml', ...SOURCES.flatMap(filesIn).sort()]) {
    hash.update(file).update(readFileSync(join(workspace, file)))
  }
  return hash.digest('hex')
}

async function buildFace(face: keyof FaceFolders, outDir: string): Promise<void> {
  const { build } = await import('vite')
  await build({
    configFile: join(workspace, FOLDERS[face], 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  })
}

function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(join(workspace, folder), { withFileTypes: true })
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return NO_SOURCE.includes(entry.name) ? [] : filesIn(path)
    return entry.isFile() ? [path] : []
  })
}

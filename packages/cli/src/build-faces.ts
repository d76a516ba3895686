/** Builds wallet and counter for one server: its origins, and the root metadata that its trust data start from. */
import { join, resolve } from 'node:path'
import type { Config, FaceFolders } from '@onetrip/server'
import { build } from 'vite'

const workspace = resolve(import.meta.dirname, '../../..')
const FOLDERS = { wallet: 'wallet', counter: 'packages/counter' } as const

/** Builds both faces below `config.dataDir`; returns where they are. Vite reads its settings from the environment. */
export async function buildFaces(config: Config, root: Uint8Array): Promise<FaceFolders> {
  Object.assign(process.env, {
    VITE_ONETRIP_API_ORIGIN: config.apiOrigin,
    VITE_ONETRIP_WALLET_ORIGIN: config.walletOrigin,
    VITE_ONETRIP_COUNTER_ORIGIN: config.counterOrigin,
    VITE_ONETRIP_ENVIRONMENT: config.environment,
    VITE_ONETRIP_ROOT: Buffer.from(root).toString('utf8'),
  })
  return {
    wallet: await buildFace(config, 'wallet'),
    counter: await buildFace(config, 'counter'),
  }
}

async function buildFace(config: Config, face: keyof FaceFolders): Promise<string> {
  const outDir = join(config.dataDir, 'faces', face)
  await build({
    configFile: join(workspace, FOLDERS[face], 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  })
  return outDir
}

/**
 * Seeds the data of demos as `onetrip demo` does, and serves nothing. Its argument is the variables of each, as JSON; `--build` after
 * it builds their faces. Prints what the faces of each are built with: those of another demo with these settings in their place are
 * theirs.
 */
import process from 'node:process'
import {
  currentRoot,
  loadConfig,
  openServices,
  seedDemo,
  seedSeals,
  seedStaff,
} from '@onetrip/server'
import { buildFaces, faceSettings, fingerprintOf } from '../src/build-faces.ts'
import { demoApiKey } from '../src/demo-api-key.ts'

const [, , given = '[]', build] = process.argv
const demos: readonly Readonly<Record<string, string>>[] = JSON.parse(given)
const built: object[] = []
for (const variables of demos) {
  const config = loadConfig({ ...process.env, ...variables })
  const services = await openServices({ config, writeLog: () => {} })
  try {
    await seedDemo(services)
    await seedSeals(services)
    await seedStaff(services)
    await demoApiKey(services)
    const root = await currentRoot(services)
    if (build === '--build') await buildFaces(config, root)
    const settings = faceSettings(config, root)
    built.push({ dataDir: config.dataDir, settings, fingerprint: fingerprintOf(settings) })
  } finally {
    await services.close()
  }
}
process.stdout.write(`\n${JSON.stringify(built)}`)

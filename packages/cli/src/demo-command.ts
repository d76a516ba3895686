/** `onetrip demo`: the seeded agencies and people, the faces built with this demo's root key, three addresses. */

import { foodLicenceOfSample, sampleAgencies } from '@onetrip/fixtures'
import {
  type Config,
  createApiKey,
  loadConfig,
  openServices,
  ROLES,
  type Services,
  seedDemo,
  startServer,
  trustRootJwk,
} from '@onetrip/server'
import { buildFaces } from './build-faces.ts'
import { type CommandContext, EXIT } from './usage.ts'

/** Serves until SIGINT or SIGTERM, then lets requests in flight end. */
export async function runDemo(context: CommandContext): Promise<number> {
  const config = loadConfig(context.environment)
  const services = await openServices({ config })
  await seedDemo(services)
  const apiKey = await demoApiKey(services)
  context.print('正在生成证照夹与核验窗口 … building wallet and counter …')
  const faces = await buildFaces(config, trustRootJwk(services))
  const server = await startServer({ services, faces })
  context.print(welcome(config, apiKey))
  await stopSignal()
  await server.close()
  return EXIT.valid
}

function demoApiKey(services: Services): Promise<string> {
  const agency = sampleAgencies.find(({ id }) => id === foodLicenceOfSample.agencyId)
  return createApiKey(services, {
    agencyId: foodLicenceOfSample.agencyId,
    holder: { name: '演示系统 Demo system', kind: 'system' },
    types: agency?.typeCodes ?? [],
    roles: ROLES,
  })
}

function welcome(config: Config, apiKey: string): string {
  return `
一次办 OneTrip is ready. 人物、单位与号码均为虚构 · everybody in it is invented.

  1  发证 the agencies' desk   ${config.apiOrigin}/
  2  证照夹 the wallet         ${config.walletOrigin}/
  3  核验窗口 the counter      ${config.counterOrigin}/

  API key of a demo system, for ${config.apiOrigin}/api/licences (see /openapi.json):
     ${apiKey}

先到发证窗口打开一个领取链接 · Start at the desk: open an offer. Ctrl-C stops.
`
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

/** `onetrip serve`: builds the faces with this installation's root and serves API, console, wallet and counter. */
import { fault } from '@onetrip/codec'
import {
  type Config,
  configLines,
  currentRoot,
  isPublishable,
  loadConfig,
  openServices,
  type Services,
  startServer,
} from '@onetrip/server'
import { buildFaces } from './build-faces.ts'
import { readArguments } from './command-spec.ts'
import { serveSpec } from './specs/serve.ts'
import { type CommandContext, EXIT } from './usage.ts'

const NO_TRUST_DATA =
  'no signed root and targets yet: onetrip trust root create, sign, then trust targets draft, sign, then trust publish'

/** Serves until SIGINT or SIGTERM, then lets requests in flight end. Throws `ConfigError`. */
export async function runServe(context: CommandContext): Promise<number> {
  const { values } = readArguments(serveSpec, context.args)
  const config = loadConfig(context.environment)
  if (values['print-config']) {
    for (const line of configLines(config, context.environment)) context.print(line)
    return EXIT.valid
  }
  const services = await openServices({ config })
  if (!(await isPublishable(services))) {
    await services.close()
    throw fault('trust/unavailable', NO_TRUST_DATA)
  }
  return serve(context, { config, services, welcome: addresses(config) })
}

/** Builds, listens, prints `welcome` and stays until a signal; `services` are closed at the end. */
export async function serve(
  context: CommandContext,
  options: {
    readonly config: Config
    readonly services: Services
    readonly welcome: string
  },
): Promise<number> {
  const { config, services, welcome } = options
  const faces = await buildFaces(config, await currentRoot(services), () =>
    context.print('正在生成证照夹、核验窗口与办件平台 … building wallet, counter and console …'),
  )
  const server = await startServer({ services, faces })
  context.print(welcome)
  await stopped(context.stopped)
  await server.close()
  return EXIT.valid
}

/** Where people reach the faces. */
export function addresses(config: Config): string {
  return `
  一次办 OneTrip is ready.

  1  发证 issuing             ${config.apiOrigin}/
  2  证照夹 the wallet         ${config.walletOrigin}/
  3  核验窗口 the counter      ${config.counterOrigin}/
  4  办件平台 the console      ${config.apiOrigin}/console/
`
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** The server's entry points that take signed things, over HTTP where there is a route. */
import { bringOffline } from '@onetrip/server'
import { createApp } from '../../server/src/app.ts'
import { rateBook } from '../../server/src/rates/rate-book.ts'
import {
  codeOf,
  issueFood,
  proofOf,
  redeem,
  requestCredential,
  TYPES,
  type World,
} from '../../server/testing/test-world.ts'
import { bytesOf, type EntryPoint, faultOf, textOf } from './entry-points.ts'
import { PROVER } from './signed-statements.ts'

/** Every one of them; each question comes from an address of its own. */
export async function serverEntryPoints(
  world: World,
): Promise<Readonly<Record<string, EntryPoint>>> {
  const accessToken = await redeem(world, await issueFood(world))
  const { now, random } = world.services
  const fresh = (): World => {
    const rates = rateBook({ now, secret: random(32) })
    return { ...world, app: createApp({ ...world.services, rates }) }
  }
  const post = (path: string, proof: string): Promise<Response> =>
    Promise.resolve(
      fresh().app.request(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ proof }),
      }),
    )
  // There has to be something to take back.
  await requestCredential(fresh(), {
    accessToken: await redeem(world, await issueFood(world, { serial: 'LENT1' })),
    configuration: `${TYPES.food}.dc+sd-jwt`,
    proof: await proofOf(world, PROVER),
  })
  return {
    'take a copy back': async (artefact) =>
      said(await post('/copies/withdrawals', textOf(artefact))),
    'ask for a credential': async (artefact) =>
      said(
        await requestCredential(fresh(), {
          accessToken,
          configuration: `${TYPES.food}.dc+sd-jwt`,
          proof: textOf(artefact),
        }),
      ),
    'ask to be a counter': async (artefact) =>
      said(await post('/enrolment/requests', textOf(artefact))),
    'collect a certificate': async (artefact) =>
      said(await post('/enrolment/certificate', textOf(artefact))),
    'bring trust data': faultOf((artefact) =>
      bringOffline(world.services, { files: [bytesOf(artefact)], documents: new Map() }),
    ),
  }
}

async function said(response: Response): Promise<string> {
  return response.ok ? 'accepted' : codeOf(response)
}

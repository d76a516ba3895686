/** `/asking`: a counter asks over the network and fetches the answer, by its key alone. */
import { Hono } from 'hono'
import * as v from 'valibot'
import { MAX_ASKING_CHARACTERS } from '../enrolment/counter-proof.ts'
import { describeProved } from '../enrolment/describe-proved.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { limitByAddress } from '../http/rate-limit.ts'
import { readJson } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import { answerForCounter, openForCounter } from './counter-asks.ts'
import { OPENED_ANSWER } from './verification-request.ts'

/** Requests one address may make in a minute. A counter that waits asks every 2 s, and an office has one address. */
export const ASKING_LIMITS = {
  request: { requests: 120, windowSeconds: 60 },
  answer: { requests: 900, windowSeconds: 60 },
} as const

const NO_STORE = { 'Cache-Control': 'no-store' } as const
const PROOF_REQUEST = v.pipe(
  v.strictObject({
    proof: v.pipe(
      v.string(),
      v.maxLength(MAX_ASKING_CHARACTERS),
      v.description(
        'As at /enrolment, with a nonce from there; act is ask with request (as OpenVerification, without office and redirectUri), or answer with id',
      ),
    ),
  }),
  v.metadata({ ref: 'CounterAsking' }),
)
const ANSWER = v.pipe(
  v.object({
    state: v.picklist(['open', 'answered', 'declined', 'expired']),
    presentations: v.optional(v.array(v.object({ queryId: v.string(), presentation: v.string() }))),
  }),
  v.metadata({ ref: 'CounterAnswer' }),
)

/** Routes below `/asking`. */
export function counterAskRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()

  routes.post(
    '/requests',
    limitByAddress(services, ASKING_LIMITS.request),
    describeProved('counterAsks', 'A counter asks for licences over the network', OPENED_ANSWER),
    async (context) => {
      const { value } = await readJson(context, PROOF_REQUEST)
      return context.json(await openForCounter(services, value.proof), 200, NO_STORE)
    },
  )

  routes.post(
    '/answers',
    limitByAddress(services, ASKING_LIMITS.answer),
    describeProved('counterAnswer', 'How its request stands, and what was shown', ANSWER),
    async (context) => {
      const { value } = await readJson(context, PROOF_REQUEST)
      return context.json(await answerForCounter(services, value.proof), 200, NO_STORE)
    },
  )

  return routes
}

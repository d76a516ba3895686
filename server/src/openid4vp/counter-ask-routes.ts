/** `/asking`: a counter asks over the network and fetches the answer, by its key alone. */
import { Hono } from 'hono'
import * as v from 'valibot'
import { MAX_ASKING_CHARACTERS } from '../enrolment/counter-proof.ts'
import { describeProved } from '../enrolment/describe-proved.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { limitByAddress } from '../http/rate-limit.ts'
import { readJson } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import {
  answerForCounter,
  closeForCounter,
  openForCounter,
  stateForCounter,
} from './counter-asks.ts'
import { OPENED_FOR_COUNTER } from './verification-request.ts'

const NO_STORE = { 'Cache-Control': 'no-store' } as const
const PROOF_REQUEST = v.pipe(
  v.strictObject({
    proof: v.pipe(
      v.string(),
      v.maxLength(MAX_ASKING_CHARACTERS),
      v.description(
        'As at /enrolment, with a nonce from there; act is ask with request (as OpenVerification, without office and redirectUri), or answer or close with id',
      ),
    ),
  }),
  v.metadata({ ref: 'CounterAsking' }),
)
const STATE_REQUEST = v.pipe(
  v.strictObject({
    id: v.pipe(v.string(), v.maxLength(64)),
    stateToken: v.pipe(
      v.string(),
      v.maxLength(64),
      v.description('As the request was opened with'),
    ),
  }),
  v.metadata({ ref: 'CounterStateRequest' }),
)
const STATES = v.picklist(['open', 'answered', 'declined', 'expired'])
const STATE = v.pipe(v.object({ state: STATES }), v.metadata({ ref: 'CounterState' }))
const ANSWER = v.pipe(
  v.object({
    state: STATES,
    presentations: v.optional(v.array(v.object({ queryId: v.string(), presentation: v.string() }))),
  }),
  v.metadata({ ref: 'CounterAnswer' }),
)

/** Routes below `/asking`. */
export function counterAskRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()

  routes.post(
    '/requests',
    limitByAddress(services, 'asking/request'),
    describeProved(
      'counterAsks',
      'A counter asks for licences over the network',
      OPENED_FOR_COUNTER,
      PROOF_REQUEST,
    ),
    async (context) => {
      const { value } = await readJson(context, PROOF_REQUEST)
      return context.json(await openForCounter(services, value.proof), 200, NO_STORE)
    },
  )

  routes.post(
    '/answers',
    limitByAddress(services, 'asking/answer'),
    describeProved(
      'counterAnswer',
      'How its request stands, and what was shown',
      ANSWER,
      PROOF_REQUEST,
    ),
    async (context) => {
      const { value } = await readJson(context, PROOF_REQUEST)
      return context.json(await answerForCounter(services, value.proof), 200, NO_STORE)
    },
  )

  routes.post(
    '/states',
    limitByAddress(services, 'asking/state'),
    describeProved('counterState', 'How its request stands, by its token', STATE, STATE_REQUEST),
    async (context) => {
      const { value } = await readJson(context, STATE_REQUEST)
      return context.json(await stateForCounter(services, value), 200, NO_STORE)
    },
  )

  routes.post(
    '/closings',
    limitByAddress(services, 'asking/closing'),
    describeProved('counterCloses', 'Ends its request', STATE, PROOF_REQUEST),
    async (context) => {
      const { value } = await readJson(context, PROOF_REQUEST)
      return context.json(await closeForCounter(services, value.proof), 200, NO_STORE)
    },
  )

  return routes
}

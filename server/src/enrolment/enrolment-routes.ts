/** `/enrolment`: a device without any account asks to be a counter, and fetches its certificate by its key alone. */
import { Hono } from 'hono'
import * as v from 'valibot'
import type { AppEnvironment } from '../http/app-context.ts'
import { limitByAddress } from '../http/rate-limit.ts'
import { readJson } from '../http/read-request.ts'
import { makeNonce } from '../openid4vci/nonce.ts'
import type { Services } from '../services.ts'
import { askEnrolment } from './ask-enrolment.ts'
import { collectCertificate } from './collect-certificate.ts'
import { MAX_PROOF_CHARACTERS } from './counter-proof.ts'
import { describeProved } from './describe-proved.ts'

const NO_STORE = { 'Cache-Control': 'no-store' } as const
const PROOF_REQUEST = v.pipe(
  v.strictObject({
    proof: v.pipe(
      v.string(),
      v.maxLength(MAX_PROOF_CHARACTERS),
      v.description(
        'Compact JWS, typ onetrip-counter-proof+jwt, the device’s public key as jwk in its header; claims: aud (this origin), nonce, act (enrol or collect) and, to enrol, office (USCC) and name',
      ),
    ),
  }),
  v.metadata({ ref: 'CounterProof' }),
)
const UNIX_SECONDS = v.pipe(v.number(), v.integer(), v.description('Unix seconds'))
const NONCE = v.pipe(v.object({ nonce: v.string() }), v.metadata({ ref: 'EnrolmentNonce' }))
const ASKED = v.pipe(
  v.object({ id: v.string(), expiresAt: UNIX_SECONDS }),
  v.metadata({ ref: 'EnrolmentAsked' }),
)
const COLLECTED = v.pipe(
  v.union([
    v.object({ state: v.literal('asked'), expiresAt: UNIX_SECONDS }),
    v.object({
      state: v.literal('confirmed'),
      certificate: v.pipe(v.string(), v.description('COSE_Sign1, base64url')),
    }),
  ]),
  v.metadata({ ref: 'CounterCertificate' }),
)

/** Routes below `/enrolment`. */
export function enrolmentRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()

  routes.post(
    '/nonce',
    limitByAddress(services, 'enrolment/nonce'),
    describeProved('enrolmentNonce', 'A nonce for one proof, good for five minutes', NONCE),
    async (context) => context.json({ nonce: await makeNonce(services) }, 200, NO_STORE),
  )

  routes.post(
    '/requests',
    limitByAddress(services, 'enrolment/ask'),
    describeProved(
      'askEnrolment',
      'A device asks to be a counter of an office; an administrator compares its short code',
      ASKED,
      PROOF_REQUEST,
    ),
    async (context) => {
      const { value } = await readJson(context, PROOF_REQUEST)
      return context.json(await askEnrolment(services, value.proof), 200, NO_STORE)
    },
  )

  routes.post(
    '/certificate',
    limitByAddress(services, 'enrolment/certificate'),
    describeProved(
      'collectCertificate',
      'A counter fetches or renews its certificate; before it is confirmed, where its request stands',
      COLLECTED,
      PROOF_REQUEST,
    ),
    async (context) => {
      const { value } = await readJson(context, PROOF_REQUEST)
      return context.json(await collectCertificate(services, value.proof), 200, NO_STORE)
    },
  )

  return routes
}

/**
 * DPoP (RFC 9449): a proof that whoever sends a request holds a key, so that an access token that leaks is of no use. Each
 * proof counts once, and holds a nonce of this server's, which says when: a wallet's clock need not be right.
 */
import { createHmac } from 'node:crypto'
import {
  decodeJws,
  Fault,
  fault,
  isObject,
  jwkThumbprint,
  parseJson,
  publicKeyFromJwk,
  sha256Base64url,
  verifyJws,
} from '@onetrip/codec'
import { hashSecret } from '../actors/api-keys.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'

/** Algorithms of the proofs we take (RFC 9449 §5.1). */
export const DPOP_ALGORITHMS: readonly string[] = ['ES256', 'Ed25519']

const PROOF_TYPE = 'dpop+jwt'
const MAX_PROOF_CHARACTERS = 4096
const MAX_JTI_CHARACTERS = 256
/** A nonce is good in the window it was given out in and in the next. */
const NONCE_WINDOW_SECONDS = 300
/** As of a holder proof: the nonce says when. */
const CLOCK_TOLERANCE_SECONDS = 3600

/** A request that came with a proof. */
export interface ProvedRequest {
  /** The header `DPoP`. */
  readonly proof: string
  readonly method: string
  readonly path: string
  /** Present where the proof goes with one (RFC 9449 §4.2, `ath`). */
  readonly accessToken?: string
}

/** The nonce that proofs have to hold at this time (RFC 9449 §8), the same for everybody. */
export function dpopNonce(services: Pick<Services, 'keys' | 'now'>): string {
  return nonceOfWindow(services, windowOf(services.now()))
}

/**
 * The RFC 7638 thumbprint of the key that sent a request; its proof is used up. Throws `openid/dpop-nonce` for a proof that
 * lacks this server's nonce, `openid/dpop` for any other fault, a proof that came before too.
 */
export async function verifyDpop(services: Services, request: ProvedRequest): Promise<string> {
  try {
    return await verifyStrictly(services, request)
  } catch (error) {
    if (error instanceof Fault && !KEPT_CODES.has(error.code)) throw fault('openid/dpop')
    throw error
  }
}

const KEPT_CODES: ReadonlySet<string> = new Set(['openid/dpop-nonce', 'storage/unavailable'])

async function verifyStrictly(services: Services, request: ProvedRequest): Promise<string> {
  const jws = decodeJws(request.proof, { maxCharacters: MAX_PROOF_CHARACTERS })
  const { typ, jwk } = jws.header
  if (typ !== PROOF_TYPE || !isObject(jwk)) throw fault('openid/dpop')
  const key = publicKeyFromJwk(jwk)
  await verifyJws(jws, key)
  const claims = parseJson(jws.payload)
  if (!isObject(claims)) throw fault('openid/dpop')
  const { htm, htu, iat, jti, ath, nonce } = claims
  const isThis =
    htm === request.method && addressOf(htu) === services.config.apiOrigin + request.path
  if (!isThis) throw fault('openid/dpop')
  if (typeof iat !== 'number' || Math.abs(iat - services.now()) > CLOCK_TOLERANCE_SECONDS) {
    throw fault('openid/dpop')
  }
  if (typeof jti !== 'string' || jti === '' || jti.length > MAX_JTI_CHARACTERS) {
    throw fault('openid/dpop')
  }
  const { accessToken } = request
  if (accessToken !== undefined && ath !== sha256Base64url(accessToken)) {
    throw fault('openid/dpop')
  }
  if (!isOurNonce(services, nonce)) throw fault('openid/dpop-nonce')
  const thumbprint = jwkThumbprint(key)
  await useProof(services, `${thumbprint} ${jti}`)
  return thumbprint
}

/** Without query and fragment, which are left out of the comparison (RFC 9449 §4.3). */
function addressOf(htu: unknown): string | undefined {
  if (typeof htu !== 'string' || !URL.canParse(htu)) return undefined
  const { origin, pathname } = new URL(htu)
  return origin + pathname
}

/** Kept while its nonce is good: afterwards the nonce refuses it. */
async function useProof(services: Services, name: string): Promise<void> {
  const now = services.now()
  const isFirst = await transact(services.storage, async (transaction) => {
    await transaction.deleteFrom('dpop_proof').where('expires_at', '<=', now).execute()
    const result = await transaction
      .insertInto('dpop_proof')
      .values({ hash: hashSecret(name), expires_at: now + 2 * NONCE_WINDOW_SECONDS })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return result.numInsertedOrUpdatedRows === 1n
  })
  if (!isFirst) throw fault('openid/dpop')
}

function isOurNonce(services: Pick<Services, 'keys' | 'now'>, nonce: unknown): boolean {
  const window = windowOf(services.now())
  // Nothing is guessed about a value that everybody is told.
  return [window, window - 1].some((one) => nonceOfWindow(services, one) === nonce)
}

function nonceOfWindow({ keys }: Pick<Services, 'keys'>, window: number): string {
  const secret = keys.secret('dpop-nonce')
  return createHmac('sha256', secret).update(String(window)).digest('base64url')
}

function windowOf(now: number): number {
  return Math.floor(now / NONCE_WINDOW_SECONDS)
}

/** Takes a delegation back: the agency withdraws the copy that it was made from, for whoever proves its key. Needs the network. */
import { fault, publicKeyToJwk, type Signer, signJws } from '@onetrip/codec'
import { JOSE_TYP } from '@onetrip/credential'
import { fetchJson, type Http } from '@onetrip/ui'
import { requestNonce } from '../openid4vci.ts'

const MAX_ANSWER_BYTES = 16_384
const TIMEOUT_MS = 20_000

/** Asks the agency's server; throws `issuer/answer`, `issuer/refused` and the codes of `fetchJson`. */
export async function takeBack(options: {
  /** Origin of the agency's server. */
  readonly issuer: string
  readonly signer: Signer
  /** Unix seconds. */
  readonly now: number
  readonly http: Http
}): Promise<void> {
  const { issuer, signer, now, http } = options
  const nonce = await requestNonce({ nonceEndpoint: `${issuer}/openid/nonce` }, http)
  const proof = await signJws({
    header: { typ: JOSE_TYP.withdrawal, jwk: publicKeyToJwk(signer.publicKey) },
    payload: { aud: issuer, iat: now, nonce },
    signer,
  })
  const { status } = await fetchJson(http, {
    url: `${issuer}/copies/withdrawals`,
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ proof }),
    maxBytes: MAX_ANSWER_BYTES,
    timeoutMs: TIMEOUT_MS,
  })
  if (status !== 200) throw fault('issuer/refused')
}

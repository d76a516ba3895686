/**
 * The whole conversation with an issuer, from offer to the two credentials. It can be cut at any
 * point: keys and access token are kept as a pending receipt, so that opening the same offer again
 * goes on with the same keys instead of starting over (case WA01, NW01).
 */
import { Fault, fault, fromBase64url, type Signer, sha256, toHex, utf8Encode } from '@onetrip/codec'
import type { Http } from '@onetrip/ui'
import type { HeldCopy } from './held-licence.ts'
import type { HolderKeys } from './holder-key.ts'
import {
  type CredentialFormat,
  fetchIssuerEndpoints,
  type IssuerEndpoints,
} from './issuer-metadata.ts'
import { createHolderKeys, type KeyPlatform, openHolderKey } from './keys.ts'
import { assertTxCode, type CredentialOffer } from './offer.ts'
import {
  type AccessToken,
  buildProof,
  type GivenCredentials,
  requestCredentials,
  requestNonce,
  requestToken,
} from './openid4vci.ts'

const RETRY_CODES = new Set(['network/unreachable', 'network/timeout', 'network/server'])
const RETRY_WAITS_MS = [600, 2000]
/** Copies of a licence that the wallet asks for, where the issuer gives as many. */
const WANTED_COPIES = 4
/** How long a licence that waits may be asked for again. */
const DEFERRED_SECONDS = 7 * 86_400
/** An access token this near its end is not worth a request. */
const TOKEN_MARGIN_SECONDS = 10

/** What was begun for one offer and not yet stored as a licence. */
export interface PendingReceipt {
  /** {@link receiptId} of the offer. */
  readonly id: string
  readonly keys: HolderKeys
  /** Of further copies. */
  readonly spareKeys?: readonly HolderKeys[]
  readonly accessToken?: AccessToken
  /** Unix seconds. */
  readonly startedAt: number
}

/** Where pending receipts are kept. */
export interface PendingReceipts {
  readonly load: (id: string) => Promise<PendingReceipt | undefined>
  readonly save: (receipt: PendingReceipt) => Promise<void>
}

/** The steps a citizen is told about. */
export type RequestStep = 'issuer' | 'keys' | 'code' | 'credentials'

/** What the conversation needs of its surroundings. */
export interface RequestOptions {
  readonly offer: CredentialOffer
  /** What the citizen typed, when the offer asks for a code. */
  readonly txCode?: string
  readonly http: Http
  readonly keys: KeyPlatform
  readonly pending: PendingReceipts
  /** Unix seconds. */
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly onStep?: (step: RequestStep) => void
}

/** Both credentials of one licence, unchecked, and the keys they are bound to, and further copies. */
export interface RequestedLicence extends HeldCopy {
  readonly receiptId: string
  readonly spares?: readonly HeldCopy[]
  /** `vct` of what the issuer said it would hand out, where it said so. */
  readonly offeredVct?: string
  /** Where and by what the issuer wants to hear what became of it. */
  readonly notifications?: IssuerNotifications
}

/** What it takes to tell an issuer. */
export interface IssuerNotifications {
  readonly endpoint: string
  readonly accessToken: string
  /** One for each securing. */
  readonly ids: readonly string[]
}

/** Names an offer without keeping its code: lower-case hex SHA-256 over issuer and code. */
export function receiptId(offer: CredentialOffer): string {
  return toHex(sha256(utf8Encode(`${offer.credentialIssuer} ${offer.preAuthorizedCode}`)))
}

/** Fetches both credentials of an offer, in as many copies as there are keys. Throws the codes of its steps and `offer/securings`. */
export async function requestLicence(options: RequestOptions): Promise<RequestedLicence> {
  const { offer } = options
  const step = options.onStep ?? (() => undefined)
  step('issuer')
  const endpoints = await retried(options, () =>
    fetchIssuerEndpoints(offer.credentialIssuer, options.http),
  )
  const cwtId = configurationFor('dc+sd-cwt', offer, endpoints)
  const jwtId = configurationFor('dc+sd-jwt', offer, endpoints)
  step('keys')
  const begun = await pendingReceipt(options, endpoints)
  step('code')
  const accessToken = await usableToken(begun, endpoints, options)
  step('credentials')
  const pairs = [begun.keys, ...(begun.spareKeys ?? [])]
  const ask = async (key: keyof HolderKeys, configurationId: string): Promise<GivenCredentials> => {
    const signers: Signer[] = []
    for (const keys of pairs) {
      signers.push(await openHolderKey(keys[key], options.keys))
    }
    return askForCredentials({ options, endpoints, accessToken, configurationId, signers })
  }
  const given = await keptWhileWaiting({ options, begun, accessToken }, async () => [
    await ask('cbor', cwtId),
    await ask('jws', jwtId),
  ])
  const [cwts, jwts] = given
  const sdCwts = (cwts?.credentials ?? []).map(fromBase64url)
  const copies = pairs.map((keys, at) => {
    const [sdCwt, sdJwt] = [sdCwts[at], jwts?.credentials[at]]
    if (sdCwt === undefined || sdJwt === undefined) {
      throw fault('issuer/answer')
    }
    return { keys, sdCwt, sdJwt }
  })
  const [first, ...spares] = copies
  if (first === undefined) {
    throw fault('issuer/answer')
  }
  const offeredVct = endpoints.configurations.get(jwtId)?.vct
  const { notificationEndpoint: endpoint } = endpoints
  const ids = given.flatMap(({ notificationId }) => notificationId ?? [])
  return {
    receiptId: begun.id,
    ...first,
    ...(spares.length === 0 ? {} : { spares }),
    ...(offeredVct === undefined ? {} : { offeredVct }),
    ...(endpoint === undefined || ids.length === 0
      ? {}
      : { notifications: { endpoint, accessToken, ids } }),
  }
}

function configurationFor(
  format: CredentialFormat,
  offer: CredentialOffer,
  endpoints: IssuerEndpoints,
): string {
  const ids = offer.configurationIds.filter(
    (id) => endpoints.configurations.get(id)?.format === format,
  )
  const [only] = ids
  if (only === undefined || ids.length !== 1) {
    throw fault('offer/securings')
  }
  return only
}

async function pendingReceipt(
  options: RequestOptions,
  { batchSize }: IssuerEndpoints,
): Promise<PendingReceipt> {
  const id = receiptId(options.offer)
  const kept = await options.pending.load(id)
  if (kept !== undefined) {
    return kept
  }
  const keys = await createHolderKeys(options.keys)
  // A key under a passcode takes a second each time it is made or opened: one will have to do.
  const isQuick = keys.cbor.secret.kind === 'device' && keys.jws.secret.kind === 'device'
  const wanted = isQuick ? Math.min(batchSize, WANTED_COPIES) - 1 : 0
  const spareKeys: HolderKeys[] = []
  while (spareKeys.length < wanted) {
    spareKeys.push(await createHolderKeys(options.keys))
  }
  const receipt: PendingReceipt = {
    id,
    keys,
    ...(spareKeys.length === 0 ? {} : { spareKeys }),
    startedAt: options.now(),
  }
  await options.pending.save(receipt)
  return receipt
}

async function usableToken(
  begun: PendingReceipt,
  endpoints: IssuerEndpoints,
  options: RequestOptions,
): Promise<string> {
  const kept = begun.accessToken
  if (kept !== undefined && kept.expiresAt - TOKEN_MARGIN_SECONDS > options.now()) {
    return kept.value
  }
  assertTxCode(options.offer.txCode, options.txCode ?? '')
  const token = await retried(options, () =>
    requestToken({
      endpoints,
      offer: options.offer,
      ...(options.txCode === undefined ? {} : { txCode: options.txCode }),
      now: options.now(),
      http: options.http,
    }),
  )
  await options.pending.save({ ...begun, accessToken: token })
  return token.value
}

/** An issuer that says `issuer/deferred` takes the same access token later: the offer was used up for it. */
async function keptWhileWaiting<T>(
  waiting: {
    readonly options: RequestOptions
    readonly begun: PendingReceipt
    readonly accessToken: string
  },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Fault && error.code === 'issuer/deferred') {
      const { options, begun, accessToken: value } = waiting
      const expiresAt = options.now() + DEFERRED_SECONDS
      await options.pending.save({ ...begun, accessToken: { value, expiresAt } })
    }
    throw error
  }
}

/** Every try has a fresh nonce and the same keys, so that an answer lost on the way costs nothing. */
async function askForCredentials(request: {
  readonly options: RequestOptions
  readonly endpoints: IssuerEndpoints
  readonly accessToken: string
  readonly configurationId: string
  readonly signers: readonly Signer[]
}): Promise<GivenCredentials> {
  const { options, endpoints, accessToken, configurationId, signers } = request
  return retried(options, async () => {
    const nonce = await requestNonce(endpoints, options.http)
    const { credentialIssuer } = endpoints
    const shared = { credentialIssuer, nonce, now: options.now() }
    const proofs = await Promise.all(signers.map((signer) => buildProof({ ...shared, signer })))
    return requestCredentials({
      endpoints,
      accessToken,
      configurationId,
      proofs,
      http: options.http,
      subtle: options.keys.subtle,
    })
  })
}

async function retried<T>(
  options: Pick<RequestOptions, 'sleep'>,
  task: () => Promise<T>,
): Promise<T> {
  for (const wait of RETRY_WAITS_MS) {
    try {
      return await task()
    } catch (error) {
      if (!isWorthRetrying(error)) {
        throw error
      }
    }
    await options.sleep(wait)
  }
  return task()
}

function isWorthRetrying(error: unknown): boolean {
  return (
    error instanceof Fault && (RETRY_CODES.has(error.code) || error.code === 'issuer/nonce-refused')
  )
}

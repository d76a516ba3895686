/** For tests: an office that asks over the network, and a wallet that was issued the sample licences and answers, over the app. */
import type { Signer } from '@onetrip/codec'
import {
  buildVpResponse,
  openSdJwt,
  parseVpRequest,
  presentSdJwt,
  transactionsFor,
  type VpForm,
  type VpPart,
  type VpRequest,
} from '@onetrip/credential'
import { createApiKey } from '../src/actors/api-keys.ts'
import type { OpenedVerification } from '../src/openid4vp/open-verification.ts'
import { seedDemo } from '../src/seed.ts'
import { loadType } from '../src/trust-data/agencies.ts'
import {
  codeIn,
  credentialIn,
  holderSigner,
  MARKET,
  proofOf,
  requestCredential,
  requestToken,
  TYPES,
  type World,
} from './test-world.ts'

/** The service centre of the cast. */
export const CENTRE = '12339901XYN0000570'
/** What the tests ask for. */
export const ASKED: {
  readonly matter: string
  readonly purpose: string
  readonly wants: readonly object[]
} = {
  matter: 'open-restaurant',
  purpose: '办理食品经营许可新办',
  wants: [
    {
      material: 'business-licence',
      options: [{ type: TYPES.business, claims: ['legalRepresentative'] }],
    },
    { material: 'identity', options: [{ type: TYPES.identity, claims: ['name', 'idNumber'] }] },
  ],
}

/** A licence in the wallet's hands. */
export interface WalletLicence {
  readonly typeCode: string
  readonly credential: string
  readonly signer: Signer
}

/** A key that asks for the service centre. */
export function askingKey(world: World, name = '孙窗口'): Promise<string> {
  return createApiKey(world.services, {
    agencyId: MARKET,
    holder: { name, kind: 'person' },
    types: [],
    roles: ['ask'],
    offices: [CENTRE],
  })
}

/** Asks the API in an office's name. */
export async function askApi(
  world: Pick<World, 'app'>,
  key: string,
  options: { readonly path?: string; readonly body?: unknown },
): Promise<Response> {
  const { path = '', body } = options
  return world.app.request(`/api/verifications${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** Opens a verification; rejects where that is refused. */
export async function openVerification(
  world: Pick<World, 'app'>,
  key: string,
  changes: object = {},
): Promise<OpenedVerification> {
  const response = await askApi(world, key, { body: { ...ASKED, ...changes } })
  if (response.status !== 201) throw new Error(`open: ${await response.text()}`)
  return response.json()
}

/** The sample licences that the tests ask for, received by the pre-authorized code. */
export async function receiveLicences(
  world: World,
  format = 'dc+sd-jwt',
): Promise<readonly WalletLicence[]> {
  const offers = await seedDemo(world.services)
  return Promise.all(
    [TYPES.business, TYPES.identity].map(async (typeCode) => {
      const type = await loadType(world.services.storage, typeCode)
      const offer = offers.find(({ typeName }) => typeName['zh-CN'] === type.name['zh-CN'])
      if (offer === undefined) throw new Error('no offer')
      const token = await requestToken(world, codeIn(offer.uri), offer.txCode)
      const { access_token: accessToken }: { access_token: string } = await token.json()
      const signer = holderSigner('ES256')
      const response = await requestCredential(world, {
        accessToken,
        configuration: `${typeCode}.${format}`,
        proof: await proofOf(world, signer),
      })
      return { typeCode, credential: await credentialIn(response), signer }
    }),
  )
}

/** Fetches the request object of a verification and parses it. */
export async function fetchRequest(
  world: Pick<World, 'app'>,
  opened: Pick<OpenedVerification, 'requestUri'>,
  walletNonce?: string,
): Promise<VpRequest> {
  const { pathname } = new URL(opened.requestUri)
  const response = await world.app.request(
    pathname,
    walletNonce === undefined ? {} : formOf({ wallet_nonce: walletNonce }),
  )
  if (response.status !== 200) throw new Error(`request: ${await response.text()}`)
  return parseVpRequest(await response.text())
}

/** Presents licences for a request, what it asks of each; members of the key binding may be replaced. */
export async function presentFor(
  world: World,
  request: VpRequest,
  licences: readonly WalletLicence[],
  changes: Partial<Parameters<typeof presentSdJwt>[0]> = {},
): Promise<readonly VpPart[]> {
  const parts = await Promise.all(
    licences.map(async ({ typeCode, credential, signer }) => {
      const type = await loadType(world.services.storage, typeCode)
      const vct = String(openSdJwt(credential).signed['vct'])
      const query = request.query.credentials.find(({ vctValues }) => vctValues.includes(vct))
      if (query === undefined) return []
      const names = query.claims?.flatMap(({ path: [name] }) =>
        typeof name === 'string' ? [name] : [],
      )
      const presentation = await presentSdJwt({
        credential,
        type,
        disclose: names ?? [],
        mode: 'requested',
        audience: request.clientId,
        nonce: request.nonce,
        issuedAt: world.services.now(),
        signer,
        transactionData: transactionsFor(request.transactions, query.id),
        ...changes,
      })
      return [{ queryId: query.id, presentation }]
    }),
  )
  return parts.flat()
}

/** Posts the answer to where the request says. */
export async function answer(
  world: Pick<World, 'app'>,
  request: VpRequest,
  parts: readonly VpPart[] | VpForm,
): Promise<Response> {
  const form = isParts(parts) ? await buildVpResponse(request, parts) : parts
  return world.app.request(new URL(request.responseUri).pathname, formOf(form))
}

function isParts(parts: readonly VpPart[] | VpForm): parts is readonly VpPart[] {
  return Array.isArray(parts)
}

function formOf(form: VpForm): RequestInit {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  }
}

/** For tests: devices that ask to be counters of an office, and the administrators who answer them, over HTTP. */
import {
  fromBase64url,
  type JsonObject,
  publicKeyToJwk,
  type Signer,
  signJws,
} from '@onetrip/codec'
import { enrolmentCode } from '@onetrip/credential'
import { sampleOffices } from '@onetrip/fixtures'
import { createApiKey } from '../src/actors/api-keys.ts'
import type { CounterEntry } from '../src/enrolment/office-counters.ts'
import { codeOf, MARKET, type World } from './test-world.ts'

/** The name that devices give themselves. */
export const DEVICE_NAME = '一号窗口'
const CENTRE = sampleOffices[0]?.id ?? ''

/** What a device asked for. */
export interface Asked {
  readonly id: string
  /** As it stands on the device. */
  readonly code: string
}

/** Devices and administrators of the world that is current whenever one of them acts. */
export interface EnrolmentDesk {
  /** An API key for the counters of some offices. */
  readonly keyFor: (
    offices: readonly string[],
    roles?: readonly ('enrol' | 'read')[],
  ) => Promise<string>
  readonly post: (
    path: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>
  readonly nonce: () => Promise<string>
  /** A proof with a fresh nonce; claims, header and the key that signs may be other ones. */
  readonly proof: (
    signer: Signer,
    claims: JsonObject,
    changes?: { readonly header?: JsonObject; readonly signer?: Signer },
  ) => Promise<string>
  /** Asks, and gives the code that stands on the device; rejects with the code of a problem. */
  readonly ask: (signer: Signer, office?: string) => Promise<Asked>
  readonly collect: (signer: Signer) => Promise<Response>
  readonly certificateFor: (signer: Signer) => Promise<Uint8Array>
  readonly administer: (path: string, body: unknown, key: string) => Promise<Response>
  readonly list: (key: string) => Promise<readonly CounterEntry[]>
  /** Asks and is confirmed; answers the id. */
  readonly enrol: (signer: Signer, key: string) => Promise<string>
}

/** Makes the desk of `current()`. */
export function enrolmentDesk(current: () => World): EnrolmentDesk {
  const post: EnrolmentDesk['post'] = async (path, body, headers = {}) =>
    current().app.request(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const nonce = async (): Promise<string> => {
    const answer: { nonce: string } = await (await post('/enrolment/nonce', {})).json()
    return answer.nonce
  }
  const proof: EnrolmentDesk['proof'] = async (signer, claims, changes = {}) =>
    signJws({
      header: {
        typ: 'onetrip-counter-proof+jwt',
        jwk: publicKeyToJwk(signer.publicKey),
        ...changes.header,
      },
      payload: { aud: current().services.config.apiOrigin, nonce: await nonce(), ...claims },
      signer: changes.signer ?? signer,
    })
  const ask: EnrolmentDesk['ask'] = async (signer, office = CENTRE) => {
    const fresh = await nonce()
    const claims = { act: 'enrol', office, name: DEVICE_NAME, nonce: fresh }
    const response = await post('/enrolment/requests', { proof: await proof(signer, claims) })
    if (response.status !== 200) throw new Error(await codeOf(response))
    const { id }: { id: string } = await response.json()
    const key = signer.publicKey
    return { id, code: enrolmentCode({ key, office, deviceName: DEVICE_NAME, nonce: fresh }) }
  }
  const collect: EnrolmentDesk['collect'] = async (signer) =>
    post('/enrolment/certificate', { proof: await proof(signer, { act: 'collect' }) })
  const administer: EnrolmentDesk['administer'] = (path, body, key) =>
    post(`/api/counters/${path}`, body, { Authorization: `Bearer ${key}` })
  return {
    keyFor: (offices, roles = ['enrol']) =>
      createApiKey(current().services, {
        agencyId: MARKET,
        holder: { name: '钱管理', kind: 'person' },
        types: [],
        roles,
        offices,
      }),
    post,
    nonce,
    proof,
    ask,
    collect,
    certificateFor: async (signer) => {
      const answer: { certificate: string } = await (await collect(signer)).json()
      return fromBase64url(answer.certificate)
    },
    administer,
    list: async (key) => {
      const headers = { Authorization: `Bearer ${key}` }
      const response = await current().app.request('/api/counters', { headers })
      const body: { counters: CounterEntry[] } = await response.json()
      return body.counters
    },
    enrol: async (signer, key) => {
      const { id, code } = await ask(signer)
      const { status } = await administer(`${id}/confirm`, { code }, key)
      if (status !== 200) throw new Error(`confirm: ${status}`)
      return id
    },
  }
}

/** A counter of the sample office, enrolled with the real server, and what it asks, is answered and gives a receipt for. */
import {
  fromBase64url,
  isObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  publicKeyToJwk,
  type Signer,
  sha256,
  signJws,
} from '@onetrip/codec'
import {
  answerRequest,
  answerText,
  enrolmentCode,
  parseRequest,
  receiptText,
  requestText,
  signReceipt,
  signRequest,
  type TypeDefinition,
  type Want,
} from '@onetrip/credential'
import { createApiKey, type createApp, type Services } from '@onetrip/server'
import type { Trust } from '@onetrip/trust'
import { shownInAnswer } from '@onetrip/verifier'
import { newKey, type SampleHolding } from './sample-wallet.ts'

const MATTER = 'open-restaurant'
const MATERIAL = 'business-licence'
const PURPOSE = '办理食品经营许可新办'
const CLAIMS = ['address', 'legalRepresentative'] as const
const DEVICE_NAME = '一号窗口'

type App = ReturnType<typeof createApp>

/** A device that speaks for the office. */
export interface SampleCounter {
  readonly signer: Signer
  /** COSE_Sign1. */
  readonly certificate: Uint8Array
}

/** Enrols a device for one matter: it proves its key, an administrator compares the code, it collects its certificate. */
export async function enrolCounter(
  services: Services,
  {
    app,
    office,
    agencyId,
  }: { readonly app: App; readonly office: string; readonly agencyId: string },
): Promise<SampleCounter> {
  const signer = newKey('Ed25519')
  const post = async (path: string, body: JsonObject, key?: string): Promise<JsonValue> => {
    const response = await app.request(path, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}`)
    return parseJson(new Uint8Array(await response.arrayBuffer()))
  }
  const prove = async (claims: JsonObject): Promise<{ proof: string; nonce: string }> => {
    const nonce = textAt(await post('/enrolment/nonce', {}), 'nonce')
    const proof = await signJws({
      header: { typ: 'onetrip-counter-proof+jwt', jwk: publicKeyToJwk(signer.publicKey) },
      payload: { aud: services.config.apiOrigin, nonce, ...claims },
      signer,
    })
    return { proof, nonce }
  }
  const asked = await prove({ act: 'enrol', office, name: DEVICE_NAME })
  const id = textAt(await post('/enrolment/requests', { proof: asked.proof }), 'id')
  const key = await createApiKey(services, {
    agencyId,
    holder: { name: '郑样例', kind: 'person' },
    types: [],
    roles: ['enrol'],
    offices: [office],
  })
  const { nonce } = asked
  const code = enrolmentCode({ key: signer.publicKey, office, deviceName: DEVICE_NAME, nonce })
  await post(`/api/counters/${id}/confirm`, { code, matters: [MATTER] }, key)
  const { proof } = await prove({ act: 'collect' })
  const answer = await post('/enrolment/certificate', { proof })
  return { signer, certificate: fromBase64url(textAt(answer, 'certificate')) }
}

/** Files of one asking. */
export type AskedFile = 'request.txt' | 'request-other.txt' | 'answer.txt' | 'receipt.txt'

/** Request, another of the same office, the answer to the first, and its receipt, by file name. */
export async function askedSamples(from: {
  readonly counter: SampleCounter
  readonly services: Pick<Services, 'random'>
  readonly holding: SampleHolding
  readonly type: TypeDefinition
  readonly trust: Trust
  /** Unix seconds. */
  readonly now: number
}): Promise<Readonly<Record<AskedFile, string>>> {
  const { counter, services, holding, type, trust, now } = from
  const wants: readonly Want[] = [
    { material: MATERIAL, required: true, options: [{ type: type.typeCode, claims: CLAIMS }] },
  ]
  const ask = (): Promise<Uint8Array> =>
    signRequest({
      matter: MATTER,
      purpose: PURPOSE,
      wants,
      issuedAt: now,
      random: services.random,
      ...counter,
    })
  const asked = await ask()
  const request = parseRequest(asked)
  const { sdCwt } = holding
  const credential = fromBase64url(sdCwt.credential)
  const choice = { material: MATERIAL, credential, type, disclose: CLAIMS, signer: sdCwt.signer }
  const answer = await answerRequest({ request, choices: [choice], now })
  const shown = shownInAnswer(answer, { request, trust })
  const receipt = await signReceipt({
    request,
    answer: sha256(answer),
    shown,
    issuedAt: now,
    ...counter,
  })
  return {
    'request.txt': `${requestText(asked)}\n`,
    'request-other.txt': `${requestText(await ask())}\n`,
    'answer.txt': `${answerText(answer)}\n`,
    'receipt.txt': `${receiptText(receipt)}\n`,
  }
}

function textAt(value: JsonValue, name: string): string {
  const found = isObject(value) ? value[name] : undefined
  if (typeof found !== 'string') throw new Error(`the answer lacks ${name}`)
  return found
}

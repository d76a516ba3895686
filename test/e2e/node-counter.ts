/** A counter without a browser, enrolled at a running demo: it signs whatever a test wants it to ask. */
import {
  fromBase64url,
  publicKeyToJwk,
  type Signer,
  signerFromPrivateJwk,
  signJws,
} from '@onetrip/codec'
import { requestText, signRequest, type Want } from '@onetrip/credential'
import { sampleOffices, testKeys } from '@onetrip/fixtures'
import type { Demo } from './demo.ts'

/** The first office of the cast, where the catalogue brings its matters. */
const OFFICE = sampleOffices[0]?.id ?? ''
const MATTER = 'open-restaurant'
const PURPOSE = '办理开餐馆一件事'

/** An enrolled counter of the service centre. */
export interface NodeCounter {
  /** The text of a request made now, for the restaurant. */
  ask(wants: readonly Want[]): Promise<string>
  /** The link of a request over the network, opened now for the same. */
  askOnline(wants: readonly Want[]): Promise<string>
}

/** Enrols the sample device under this name: it asks, the desk confirms, it collects its certificate. */
export async function enrolNodeCounter(demo: Demo, name: string): Promise<NodeCounter> {
  const signer: Signer = signerFromPrivateJwk({ ...testKeys.counterCbor })
  const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${demo.api}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}`)
    const content: Record<string, unknown> = await answer.json()
    return content
  }
  const prove = async (claims: object): Promise<{ readonly proof: string }> => ({
    proof: await signJws({
      header: { typ: 'onetrip-counter-proof+jwt', jwk: publicKeyToJwk(signer.publicKey) },
      payload: {
        aud: demo.api,
        nonce: String((await post('enrolment/nonce', {}))['nonce']),
        ...claims,
      },
      signer,
    }),
  })
  const { id } = await post(
    'enrolment/requests',
    await prove({ act: 'enrol', office: OFFICE, name }),
  )
  await confirmAtDesk(demo, String(id))
  const { certificate: text } = await post('enrolment/certificate', await prove({ act: 'collect' }))
  const certificate = fromBase64url(String(text))
  return {
    async ask(wants) {
      const issuedAt = Math.floor(Date.now() / 1000)
      const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
      const asked = { matter: MATTER, purpose: PURPOSE, wants, issuedAt, random }
      return requestText(await signRequest({ ...asked, certificate, signer }))
    },
    async askOnline(wants) {
      const request = { matter: MATTER, purpose: PURPOSE, wants }
      const { uri } = await post('asking/requests', await prove({ act: 'ask', request }))
      return String(uri)
    },
  }
}

/** The administrator presses "same" with the matters as they stand there. */
async function confirmAtDesk({ api }: Demo, id: string): Promise<void> {
  const page = await (await fetch(`${api}/`)).text()
  const card = page.slice(page.indexOf(`data-counter="${id}"`))
  const code = /name="code" value="([^"]+)"/.exec(card)?.[1] ?? ''
  const answer = await fetch(`${api}/desk/counters/${id}/confirm`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: api },
    body: new URLSearchParams({ code, [`matter-${MATTER}`]: 'on' }).toString(),
  })
  if (answer.status !== 303) throw new Error(`the desk answers ${answer.status}`)
}

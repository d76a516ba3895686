/** The market agency's own system: issues, offers again, suspends and prints through the demo's API. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { foodLicenceOfSample } from '@onetrip/fixtures'
import type { Demo } from '../e2e/demo.ts'
import type { DeskOffer } from '../e2e/people.ts'

/** What differs from the sample food licence. */
export interface FoodLicence {
  readonly serial: string
  readonly validFrom?: string
  readonly validTo?: string
  readonly claims?: Readonly<Record<string, string>>
}

/** A licence as issued: its id at the API, and its first offer. */
export interface Issued {
  readonly id: string
  readonly offer: DeskOffer
}

/** The agency's system. */
export interface Agency {
  issueFood(licence: FoodLicence): Promise<Issued>
  offerAgain(id: string): Promise<DeskOffer>
  /** Issues the version of a licence that takes its place. */
  replace(id: string): Promise<Issued>
  setStatus(id: string, status: 'valid' | 'suspended'): Promise<void>
  /** The text of a paper code. */
  printPaper(id: string): Promise<string>
}

/** The agency's system, with the key that the demo keeps for trying the API. */
export function agencyOf(demo: Demo): Agency {
  const key = readFileSync(join(demo.dataDir, 'demo-api-key'), 'utf8').trim()
  async function post(path: string, body: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${demo.api}/api/licences${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path} answers ${response.status}`)
    const answer: Record<string, unknown> = await response.json()
    return answer
  }
  return {
    async issueFood(licence) {
      const { serial, validTo, validFrom, claims } = foodLicenceOfSample.facts
      const answer = await post('', {
        type: foodLicenceOfSample.typeCode,
        serial: licence.serial ?? serial,
        validFrom: licence.validFrom ?? validFrom,
        validTo: licence.validTo ?? validTo,
        claims: { ...claims, ...licence.claims },
      })
      return { id: String(answer['id']), offer: offerIn(answer) }
    },
    offerAgain: async (id) => offerIn(await post(`/${id}/offers`, {})),
    async replace(id) {
      const { validFrom, validTo } = foodLicenceOfSample.facts
      const answer = await post(`/${id}/versions`, { validFrom, validTo, reason: '样例：延续' })
      return { id: String(answer['id']), offer: offerIn(answer) }
    },
    async setStatus(id, status) {
      await post(`/${id}/status`, { status, reason: '样例：整改期间' })
    },
    printPaper: async (id) => String((await post(`/${id}/paper`, {}))['text']),
  }
}

function offerIn(answer: Record<string, unknown>): DeskOffer {
  const { offer, txCode } = answer
  const uri = typeof offer === 'object' && offer !== null && 'uri' in offer ? offer.uri : ''
  return { link: String(uri), txCode: String(txCode) }
}

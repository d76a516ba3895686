/** Approved PDFs with their seals, over the API. */
import { type JsonObject, samePublicKey, sha256, toBase64url, toHex } from '@onetrip/codec'
import { handwrittenPdf, sampleSealMaker } from '@onetrip/fixtures'
import {
  digestAppearance,
  digestFile,
  parseCertificate,
  parsePadesSignature,
  parseSealFile,
  readSealedPdf,
  verifyImpressions,
  verifyPadesSignature,
} from '@onetrip/seal'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { follower } from '../../testing/follow-world.ts'
import { LETTER, letter, openSealWorld, type SealWorld } from '../../testing/seal-world.ts'
import { MARKET } from '../../testing/test-world.ts'
import { APPROVAL_SECONDS } from './request-use.ts'

let seals: SealWorld

beforeAll(async () => {
  seals = await openSealWorld()
})
afterAll(() => seals.world.close())

describe('a PDF', () => {
  const PDF = handwrittenPdf(['BT /F 20 Tf 300 300 Td (Seal here) Tj ET'])
  const PDF_DIGEST = toBase64url(sha256(PDF))
  let sealId: string
  beforeAll(async () => {
    sealId = await seals.sealInUse()
  })

  async function approved(
    place: JsonObject,
    pdf: Uint8Array = PDF,
    { id = sealId, length = pdf.length } = {},
  ): Promise<string> {
    const digest = toBase64url(sha256(pdf))
    const file = { sha256: digest, length, mediaType: 'application/pdf', place }
    const useId = await seals.ask(id, [file])
    await seals.approve(useId, [digest])
    return useId
  }

  function sealing(useId: string, pdf: Uint8Array, digest = toBase64url(sha256(pdf))) {
    return seals.request('clerk', `/uses/${useId}/files/${digest}/pdf`, pdf)
  }

  async function sealed(useId: string, pdf: Uint8Array = PDF): Promise<Uint8Array> {
    const response = await sealing(useId, pdf)
    if (response.status !== 200) throw new Error(await response.text())
    return new Uint8Array(await response.arrayBuffer())
  }

  test('is sealed where it was asked for, and both signatures are of the seal', async () => {
    const useId = await approved({ page: 1, x: 300, y: 400 })
    const bytes = await sealed(useId)
    expect(bytes.subarray(0, PDF.length)).toEqual(PDF)
    const { updates, findings } = readSealedPdf(bytes)
    expect(findings).toEqual([])
    const [update] = updates
    if (update?.kind !== 'seal') throw new Error('not sealed')
    expect((update.rect.left + update.rect.right) / 2).toBeCloseTo(300, 2)
    expect((update.rect.bottom + update.rect.top) / 2).toBeCloseTo(400, 2)
    const trust = await follower().follow(seals.world)
    const file = { sha256: sha256(PDF), length: PDF.length, mediaType: 'application/pdf' }
    const appearance = digestAppearance(update.appearance)
    const attached = parseSealFile(update.attachment)
    const [judged] = await verifyImpressions(attached, {
      file,
      trust,
      now: seals.now(),
      appearance,
    })
    expect(judged?.findings.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    const listed = trust
      .sealMaker(sampleSealMaker.id)
      ?.keys.flatMap(({ certificate }) => certificate ?? [])
    const ca = parseCertificate(listed?.[0] ?? new Uint8Array(), 'ca')
    const { sha256: digest } = await digestFile(update.toBeDigested)
    const pades = parsePadesSignature(update.cms)
    await verifyPadesSignature(pades, { digest, ca, at: seals.now() })
    const { facts } = attached.seals[0]?.cose ?? {}
    expect(facts?.keys.some((one) => samePublicKey(one, pades.certificate.key))).toBe(true)
    expect(pades.certificate.subject.uscc).toBe(MARKET)
  })

  test('retry gives the same file, later and twice at once too', async () => {
    const useId = await approved({ keyword: 'Seal here' })
    const [one, other] = await Promise.all([sealed(useId), sealed(useId)])
    expect(one).toEqual(other)
    seals.later(APPROVAL_SECONDS + 1)
    expect(await sealed(useId)).toEqual(one)
    const [update] = readSealedPdf(one).updates
    const middle = update?.kind === 'seal' ? (update.rect.left + update.rect.right) / 2 : 0
    expect(Math.abs(middle - 345)).toBeLessThan(15)
  })

  test('a word at the edge of the page has its seal whole', async () => {
    const edge = handwrittenPdf(['BT /F 20 Tf 560 5 Td (X) Tj ET'])
    const bytes = await sealed(await approved({ keyword: 'X' }, edge), edge)
    const [update] = readSealedPdf(bytes).updates
    if (update?.kind !== 'seal') throw new Error('not sealed')
    expect([update.rect.right, update.rect.bottom]).toEqual([595, 0])
    const oddly = handwrittenPdf(['BT /F 20 Tf 560 5 Td (X) Tj ET'], '0 0 594.95996 841.91998')
    expect((await sealed(await approved({ keyword: 'X' }, oddly), oddly)).length).toBeGreaterThan(
      oddly.length,
    )
  })

  test('no seal is set over one whose signature does not hold, and the approval stays', async () => {
    const once = await sealed(await approved({ page: 1, x: 200, y: 300 }))
    const [update] = readSealedPdf(once).updates
    const cms = toHex(update?.kind === 'seal' ? update.cms : new Uint8Array()).toUpperCase()
    const end = Buffer.from(once).indexOf(cms) + cms.length - 1
    const broken = once.with(end, once[end] === 0x30 ? 0x31 : 0x30)
    const useId = await approved({ page: 1, x: 400, y: 300 }, broken)
    for (let tries = 0; tries < 2; tries++) {
      const body: { code: string } = await (await sealing(useId, broken)).json()
      expect(body.code).toBe('seal/covered-invalid')
    }
  })

  test('that is sealed already gets a second seal, which covers the first', async () => {
    const once = await sealed(await approved({ page: 1, x: 200, y: 300 }))
    const second = await seals.sealInUse({
      name: '虚构市云栖区市场监督管理局合同专用章',
      kind: '04',
    })
    const twice = await sealed(
      await approved({ page: 1, x: 400, y: 300 }, once, { id: second }),
      once,
    )
    const { updates, findings } = readSealedPdf(twice)
    expect([updates.length, findings]).toEqual([2, []])
    const [first, last] = updates.map((update) =>
      update.kind === 'seal' ? update.attachment : new Uint8Array(),
    )
    const earlier = parseSealFile(first ?? new Uint8Array()).impressions.map(({ digest }) => digest)
    const [impression] = parseSealFile(last ?? new Uint8Array(), earlier).impressions
    expect(impression?.cose.facts.covers).toEqual(earlier)
  })

  test('other bytes, another way, no such place, and no PDF are refused; the approval stays', async () => {
    const useId = await approved({ page: 1, x: 300, y: 400 })
    const codeOf = async (response: Response | Promise<Response>): Promise<unknown> => {
      const body: { code: string } = await (await response).json()
      return body.code
    }
    const changed = PDF.slice()
    changed[100] = (changed[100] ?? 0) ^ 1
    expect(await codeOf(sealing(useId, changed))).toBe('approval/not-found')
    expect(await codeOf(sealing(useId, changed, PDF_DIGEST))).toBe('seal/digest-mismatch')
    expect(await seals.refusal(useId, PDF_DIGEST)).toBe('approval/place')
    for (const place of [
      { page: 2, x: 300, y: 300 },
      { page: 1, x: 10, y: 10 },
      { keyword: '没有这个词' },
    ]) {
      const code = place.page === 2 ? 'pdf/page' : 'pdf/place'
      expect(await codeOf(sealing(await approved(place), PDF))).toBe(code)
    }
    const shorter = await approved({ page: 1, x: 300, y: 300 }, PDF, { length: 5 })
    expect(await codeOf(sealing(shorter, PDF))).toBe('seal/length-mismatch')
    const letterOrder = await seals.ask(sealId)
    await seals.approve(letterOrder)
    expect(await codeOf(sealing(letterOrder, LETTER))).toBe('approval/place')
    const noPdf = await approved({ page: 1, x: 300, y: 300 }, LETTER)
    expect(await codeOf(sealing(noPdf, LETTER))).toBe('pdf/format')
    const text = { purpose: 'x', files: [letter({ place: { page: 1, x: 1, y: 1 } })] }
    expect((await seals.call('clerk', `/${sealId}/uses`, text)).body['code']).toBe('approval/place')
    expect((await sealed(useId)).length).toBeGreaterThan(PDF.length)
  })

  test('of a seal whose maker certifies none is not sealed', async () => {
    const id = await seals.sealInUse()
    const useId = await approved({ page: 1, x: 300, y: 300 }, PDF, { id })
    const { storage } = seals.world.services
    await storage.updateTable('seal').set({ certificate: null }).where('id', '=', id).execute()
    const body: { code: string } = await (await sealing(useId, PDF)).json()
    expect(body.code).toBe('certificate/missing')
  })
})

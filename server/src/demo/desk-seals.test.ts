/** The desk's seals: their pictures and lives, and a file sealed by two people over forms. */
import { sha256 } from '@onetrip/codec'
import {
  LETTER_KEYWORDS,
  SAMPLE_LETTER,
  SAMPLE_LETTER_PDF,
  sampleAgencies,
  sampleOffices,
} from '@onetrip/fixtures'
import { type SealedDocument, verifyDocument } from '@onetrip/verifier'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { follower } from '../../testing/follow-world.ts'
import { MARKET, openWorld, START, type World } from '../../testing/test-world.ts'
import { registerOffice } from '../trust-data/agencies.ts'
import { deskFiles, MAX_DESK_FILE_BYTES } from './desk-files.ts'
import { deskSeals, deskUses } from './desk-seals.ts'
import { seedSeals } from './seed-seals.ts'

let world: World
let letters = ''
let licences = ''

beforeAll(async () => {
  world = await openWorld()
  for (const office of sampleOffices) await registerOffice(world.services, office)
  await seedSeals(world.services)
  const seals = await deskSeals(world.services)
  const named = (words: string) => seals.find(({ name }) => name.endsWith(words))?.id ?? ''
  letters = named('监督管理局公文专用章')
  licences = named('监督管理局电子证照专用章')
}, 60_000)
afterAll(() => world.close())

function send(path: string, body: URLSearchParams | FormData): Promise<Response> {
  const headers = { Origin: world.services.config.apiOrigin }
  return Promise.resolve(world.app.request(path, { method: 'POST', headers, body }))
}

function submit(path: string, form: Readonly<Record<string, string>> = {}): Promise<Response> {
  return send(path, new URLSearchParams(form))
}

function ask(
  file: { readonly name: string; readonly bytes: Uint8Array },
  changes: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const form = new FormData()
  form.set('file', new File([new Uint8Array(file.bytes)], file.name))
  const fields = { seal: letters, purpose: '答复来函', keyword: '', ...changes }
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return send('/desk/uses', form)
}

const PDF = { name: '复函.pdf', bytes: SAMPLE_LETTER_PDF }
const TEXT = { name: 'letter.txt', bytes: new TextEncoder().encode(SAMPLE_LETTER) }

async function newest() {
  const [use] = await deskUses(world.services)
  if (use === undefined) throw new Error('no request')
  return use
}

async function outcome(sealed: SealedDocument) {
  const trust = await follower().follow(world)
  const office = trust.offices[0]?.id ?? ''
  const { services } = world
  const options = { trust, now: services.now(), office, environment: 'demo' }
  const verdict = await verifyDocument(sealed, { ...options, accept: ['document'] })
  return [verdict.outcome, verdict.impressions[0]?.checks.find(({ code }) => code)?.code]
}

async function codeOn(response: Response): Promise<string | undefined> {
  return /<code>([^<]+)<\/code>/.exec(await response.text())?.[1]
}

describe('the page', () => {
  test('shows each seal with picture, name, number and state', async () => {
    const html = await (await world.app.request('/')).text()
    // One for licences each, and one for letters; five offices have one for letters.
    expect(html.match(/data-seal="/g)).toHaveLength(sampleAgencies.length + 1 + 5)
    expect(html).toContain('虚构市公安局云栖区分局电子证照专用章')
    expect(html).toContain('33990100000001')
    expect(html).not.toMatch(/<script|style=|onclick|javascript:/i)
    const picture = await world.app.request(`/desk/seals/${letters}/picture`)
    expect(picture.headers.get('Content-Type')).toBe('image/svg+xml')
    expect(await picture.text()).toContain('公文专用章')
    const sample = await world.app.request('/desk/sample-letter.pdf')
    expect(new Uint8Array(await sample.arrayBuffer())).toEqual(SAMPLE_LETTER_PDF)
  })

  test('says so where there are none', async () => {
    const bare = await openWorld()
    expect(await (await bare.app.request('/')).text()).toContain('fonts-noto-cjk')
    await bare.close()
  })
})

describe('a file', () => {
  test('a PDF: one person asks, the other approves, and the download is a sealed PDF', async () => {
    expect((await ask(PDF, { keyword: LETTER_KEYWORDS.first })).status).toBe(303)
    const { id, ...use } = await newest()
    expect(use).toMatchObject({
      state: 'requested',
      fileName: '复函.pdf',
      requester: '李样例',
      keeper: null,
    })
    expect(await codeOn(await submit(`/desk/uses/${id}/file`))).toBe('approval/missing')
    expect((await submit(`/desk/uses/${id}/decision`, { decision: 'approve' })).status).toBe(303)
    expect(await newest()).toMatchObject({ state: 'approved', keeper: '孙样例' })
    const sealed = await submit(`/desk/uses/${id}/file`)
    expect(sealed.headers.get('Content-Disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('复函-sealed.pdf')}`,
    )
    const pdf = new Uint8Array(await sealed.arrayBuffer())
    expect(await outcome({ pdf })).toEqual(['valid', undefined])
    const again = await submit(`/desk/uses/${id}/file`)
    expect(new Uint8Array(await again.arrayBuffer())).toEqual(pdf)
    expect(await newest()).toMatchObject({ state: 'sealed' })
  })

  test('a PDF without a word has its seal in the corner of the last page', async () => {
    await ask(PDF)
    const { id } = await newest()
    await submit(`/desk/uses/${id}/decision`, { decision: 'approve' })
    const sealed = await submit(`/desk/uses/${id}/file`)
    expect(await outcome({ pdf: new Uint8Array(await sealed.arrayBuffer()) })).toEqual([
      'valid',
      undefined,
    ])
  })

  test('any other file has a .seal, which a suspension of the seal turns red', async () => {
    await ask(TEXT)
    const { id } = await newest()
    await submit(`/desk/uses/${id}/decision`, { decision: 'approve' })
    const response = await submit(`/desk/uses/${id}/file`)
    expect(response.headers.get('Content-Disposition')).toContain('letter.txt.seal')
    const sealFile = new Uint8Array(await response.arrayBuffer())
    const { bytes } = TEXT
    const facts = { sha256: sha256(bytes), length: bytes.length, mediaType: 'text/plain' }
    const sealed = { file: facts, sealFile }
    expect(await outcome(sealed)).toEqual(['valid', undefined])
    expect((await submit(`/desk/seals/${letters}/step`, { step: 'suspend' })).status).toBe(303)
    expect(await outcome(sealed)).toEqual(['invalid', 'seal/suspended'])
    expect(await codeOn(await ask(TEXT))).toBe('seal/state')
    await submit(`/desk/seals/${letters}/step`, { step: 'resume' })
    expect(await outcome(sealed)).toEqual(['valid', undefined])
  })

  test('refused is refused', async () => {
    await ask(TEXT)
    const { id } = await newest()
    await submit(`/desk/uses/${id}/decision`, { decision: 'refuse' })
    expect(await newest()).toMatchObject({ state: 'refused' })
    expect(await codeOn(await submit(`/desk/uses/${id}/file`))).toBe('approval/missing')
  })

  test('what would hinder the sealing of a PDF is said at once', async () => {
    expect(await codeOn(await ask(PDF, { keyword: '没有这个词' }))).toBe('pdf/place')
    expect(await codeOn(await ask({ ...PDF, bytes: TEXT.bytes }))).toBe('pdf/format')
  })

  test.each([
    [{ seal: 'x' }, 'input/invalid'],
    [{ seal: '01a2bff4-7a00-78ae-847c-3c3409ceb140' }, 'seal/not-found'],
    [{ purpose: '' }, 'input/invalid'],
  ])('%j is refused', async (changes, code) => {
    expect(await codeOn(await ask(TEXT, changes))).toBe(code)
  })

  test('no file, a file too large, and no form at all', async () => {
    const form = new FormData()
    form.set('seal', letters)
    expect(await codeOn(await send('/desk/uses', form))).toBe('input/invalid')
    expect((await submit('/desk/uses', { seal: letters })).status).toBe(415)
    const huge = { name: 'huge.txt', bytes: new Uint8Array(MAX_DESK_FILE_BYTES + 100_000) }
    expect((await ask(huge)).status).toBe(413)
    expect((await submit(`/desk/seals/${letters}/step`, { step: 'x'.repeat(70_000) })).status).toBe(
      413,
    )
  })

  test('the desk keeps the newest few, and a sealed PDF that it has no more is said to be missing', async () => {
    await ask(PDF)
    const { id } = await newest()
    await submit(`/desk/uses/${id}/decision`, { decision: 'approve' })
    for (let count = 0; count < 8; count += 1) {
      await ask({ name: 'x.txt', bytes: new TextEncoder().encode(`x${count}`) })
    }
    expect(await codeOn(await submit(`/desk/uses/${id}/file`))).toBe('seal/missing')
    const files = deskFiles()
    const digest = await files.keep(TEXT.bytes)
    expect(files.find(digest)).toEqual(TEXT.bytes)
  })
})

test('while the seal for licences is suspended the desk prints no code, and then does again', async () => {
  const { id } = await world.services.storage
    .selectFrom('licence')
    .select('id')
    .where('agency_id', '=', MARKET)
    .executeTakeFirstOrThrow()
  world.setNow(START + 60)
  const print = () => submit(`/desk/licences/${id}/paper`)
  expect((await print()).status).toBe(200)
  await submit(`/desk/seals/${licences}/step`, { step: 'suspend' })
  const refused = await print()
  expect([refused.status, await codeOn(refused)]).toEqual([409, 'seal/state'])
  await submit(`/desk/seals/${licences}/step`, { step: 'resume' })
  expect((await print()).status).toBe(200)
})

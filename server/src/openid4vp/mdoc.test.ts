/** An office that asks for mdocs over the network (OpenID4VP 1.0 §B.2): issued by this server, shown by a wallet, told as facts. */
import { fromBase64url, jwkThumbprint, toBase64url } from '@onetrip/codec'
import {
  LICENCE_ELEMENT,
  type MdocSession,
  parseMdoc,
  presentMdoc,
  type VpPart,
  type VpRequest,
} from '@onetrip/credential'
import { businessLicenceType } from '@onetrip/fixtures'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, openWorld, type World } from '../../testing/test-world.ts'
import {
  answer,
  askApi,
  askingKey,
  fetchRequest,
  openVerification,
  receiveLicences,
  type WalletLicence,
} from '../../testing/vp-wallet.ts'
import { registerType } from '../trust-data/agencies.ts'

const MDOC = { format: 'mso_mdoc' } as const

let world: World
let key: string
let licences: readonly WalletLicence[]
beforeAll(async () => {
  world = await openWorld()
  key = await askingKey(world)
  licences = await receiveLicences(world, MDOC.format)
})
afterAll(() => world.close())

/** What the query asks of each licence, shown for the request; members of its session may be replaced. */
async function present(
  request: VpRequest,
  changes: Partial<MdocSession> = {},
): Promise<readonly VpPart[]> {
  const recipient = request.encryption?.keys[0]
  const session: MdocSession = {
    clientId: request.clientId,
    nonce: request.nonce,
    responseUri: request.responseUri,
    ...(recipient === undefined
      ? {}
      : { keyThumbprint: fromBase64url(jwkThumbprint(recipient.key)) }),
    ...changes,
  }
  const parts = licences.map(async ({ credential, signer }) => {
    const bytes = fromBase64url(credential)
    const { docType } = parseMdoc(bytes)
    const query = request.query.credentials.find(({ vctValues }) => vctValues.includes(docType))
    const names = query?.claims?.map(({ path }) => String(path.at(-1))) ?? []
    const disclose = names.filter((name) => name !== LICENCE_ELEMENT)
    const shown = await presentMdoc({ credential: bytes, disclose, session, signer })
    return { queryId: query?.id ?? '', presentation: toBase64url(shown) }
  })
  return Promise.all(parts)
}

describe('mdocs', () => {
  for (const responseMode of ['direct_post', 'direct_post.jwt'] as const) {
    test(`are told as facts, by ${responseMode}`, async () => {
      const opened = await openVerification(world, key, { ...MDOC, responseMode })
      const request = await fetchRequest(world, opened)
      const formats = request.query.credentials.map(({ format }) => format)
      expect([...new Set(formats)]).toEqual([MDOC.format])
      expect((await answer(world, request, await present(request))).status).toBe(200)
      const told = await askApi(world, key, { path: `/${opened.id}` })
      expect(await told.json()).toMatchObject({
        state: 'answered',
        result: {
          outcome: 'valid',
          materials: [
            { licence: { claims: { legalRepresentative: '陈样例' } } },
            { licence: { claims: { name: '陈样例' } } },
          ],
        },
      })
    })
  }

  test.each<[string, Partial<MdocSession>]>([
    ['nonce', { nonce: 'another' }],
    ['address', { responseUri: 'https://other.example/' }],
    ['key', { keyThumbprint: new Uint8Array(32) }],
  ])('for another %s leave the request open', async (_, changes) => {
    const opened = await openVerification(world, key, MDOC)
    const request = await fetchRequest(world, opened)
    const refused = await answer(world, request, await present(request, changes))
    expect(await codeOf(refused)).toBe('key-binding/signature')
    expect((await answer(world, request, await present(request))).status).toBe(200)
  })

  test('of an older version of their type are asked for and told as the same material', async () => {
    const before = await fetchRequest(world, await openVerification(world, key, MDOC))
    const [business] = licences
    const { docType } = parseMdoc(fromBase64url(business?.credential ?? ''))
    const newer = JSON.parse(JSON.stringify(businessLicenceType).replaceAll(docType, `${docType}0`))
    newer.onetrip.version += 9
    await registerType(world.services, newer)
    const opened = await openVerification(world, key, MDOC)
    const request = await fetchRequest(world, opened)
    const asked = request.query.credentials.flatMap(({ vctValues }) => vctValues)
    expect(asked).toEqual(expect.arrayContaining([docType, `${docType}0`]))
    const parts = await present(request)
    expect(parts.map(({ queryId }) => queryId)).toContain('business-licence_1_1')
    expect((await answer(world, request, parts)).status).toBe(200)
    const told = await askApi(world, key, { path: `/${opened.id}` })
    expect(await told.json()).toMatchObject({
      result: { outcome: 'valid', materials: [{ material: 'business-licence' }, {}] },
    })
    // What was asked before is asked as it was signed.
    const own = await present(before)
    const foreign = own.map((part) => ({ ...part, queryId: `${part.queryId}_1_1` }))
    expect(await codeOf(await answer(world, before, foreign.slice(0, 1)))).toBe('answer/format')
    expect((await answer(world, before, own)).status).toBe(200)
    const twice = await openVerification(world, key, MDOC)
    const next = await fetchRequest(world, twice)
    const both = (await present(next)).flatMap((part) => [
      part,
      ...(part.queryId === 'business-licence_1_1'
        ? [{ ...part, queryId: 'business-licence' }]
        : []),
    ])
    expect(await codeOf(await answer(world, next, both))).toBe('answer/format')
  })

  test('are taken where they were asked for, and nowhere else', async () => {
    const request = await fetchRequest(world, await openVerification(world, key))
    expect(await codeOf(await answer(world, request, await present(request)))).toBe('answer/format')
  })

  test('sign no matter', async () => {
    const opened = askApi(world, key, {
      body: { matter: 'open-restaurant', purpose: '办理', ...MDOC, signMatter: true },
    })
    expect(await codeOf(await opened)).toBe('input/invalid')
  })
})

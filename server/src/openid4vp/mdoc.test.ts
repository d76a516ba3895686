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
      expect(request.query.credentials.map(({ format }) => format)).toEqual(
        licences.map(() => MDOC.format),
      )
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

/** mdocs over OpenID4VCI (ISO/IEC 18013-5; OpenID4VCI 1.0 §A.2): asked for under the grants of any licence, with a life of their own. */
import { X509Certificate } from 'node:crypto'
import { decodeZip } from '@onetrip/archive'
import { fromBase64url, type Signer, toBase64url } from '@onetrip/codec'
import { issuanceEntry, parseMdoc, parseTypeDefinition } from '@onetrip/credential'
import { foodBusinessLicenceType } from '@onetrip/fixtures'
import { STATUS } from '@onetrip/status'
import { verifyReceived } from '@onetrip/verifier'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  codeOf,
  credentialsIn,
  holderSigner,
  issueFood,
  openWorld,
  post,
  proofOf,
  redeem,
  requestBatch,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { newKeyRow } from '../trust-data/key-row.ts'
import { publishedTrust } from '../trust-data/published-trust.ts'
import { MAX_COPIES } from './bind-copies.ts'
import { mdocCertificate } from './mdoc-certificate.ts'

const MDOC = `${TYPES.food}.mso_mdoc`
const TYPE = parseTypeDefinition(JSON.parse(JSON.stringify(foodBusinessLicenceType)))

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const holders = (count: number) => Array.from({ length: count }, () => holderSigner('ES256'))

/** What the agency's metadata publish above the key that signs mdocs. */
async function publishedChain(agency: string): Promise<readonly X509Certificate[]> {
  const response = await world.app.request(`/.well-known/jwt-vc-issuer/a/${agency}`)
  const { jwks }: { jwks: { keys: { x5c?: string[] }[] } } = await response.json()
  return jwks.keys.flatMap(({ x5c = [] }) =>
    x5c.map((text) => new X509Certificate(Buffer.from(text, 'base64'))),
  )
}

const ask = async (accessToken: string, signers: readonly Signer[], configuration = MDOC) =>
  requestBatch(world, {
    accessToken,
    configuration,
    proofs: await Promise.all(signers.map((signer) => proofOf(world, signer))),
  })

describe('an mdoc', () => {
  test('stands in the metadata, with document type and paths', async () => {
    const response = await world.app.request('/.well-known/openid-credential-issuer')
    const metadata: { credential_configurations_supported: Record<string, unknown> } =
      await response.json()
    expect(metadata.credential_configurations_supported[MDOC]).toMatchObject({
      format: 'mso_mdoc',
      doctype: TYPE.vct,
      scope: TYPES.food,
      credential_signing_alg_values_supported: [-7],
      cryptographic_binding_methods_supported: ['cose_key'],
      credential_metadata: { claims: TYPE.claims.map(({ name }) => ({ path: [TYPE.vct, name] })) },
    })
  })

  test('is what the trust data vouch for, on record, and the same when asked for again', async () => {
    const issued = await issueFood(world, { serial: 'MDOC1' })
    const accessToken = await redeem(world, issued)
    const signers = holders(MAX_COPIES)
    const [first = '', ...others] = await credentialsIn(await ask(accessToken, signers))
    expect(await credentialsIn(await ask(accessToken, signers))).toEqual([first, ...others])
    const credential = fromBase64url(first)
    const [holder] = signers
    if (holder === undefined) throw new TypeError('no holder')
    const trust = await publishedTrust(world.services)
    const now = world.services.now()
    const options = { credential, holderKey: holder.publicKey, trust, now }
    const { outcome, reason, licences } = await verifyReceived(options)
    expect([outcome, reason]).toEqual(['valid', undefined])
    expect(licences[0]?.serial).toBe('MDOC1')
    const places = [first, ...others].map((text) => {
      const { uri, index } = parseMdoc(fromBase64url(text)).claims.status
      return `${uri} ${index}`
    })
    expect(new Set(places).size).toBe(signers.length)
    const { digest } = issuanceEntry(parseMdoc(credential))
    const entries = await world.services.storage.selectFrom('log_entry').select('entry').execute()
    const kept = entries.map(({ entry }) => Buffer.from(entry, 'base64url'))
    expect(kept.some((entry) => entry.includes(Buffer.from(digest)))).toBe(true)
    expect(await codeOf(await ask(accessToken, holders(1)))).toBe('openid/denied')

    const packed = await world.app.request(`/api/licences/${issued.id}/archive`, {
      headers: { Authorization: `Bearer ${world.apiKey}` },
    })
    const parts = decodeZip(new Uint8Array(await packed.arrayBuffer()))
    const mdoc = parts.find(({ name }) => name.endsWith('/data/result/licence/licence.mdoc'))
    expect([first, ...others]).toContain(toBase64url(mdoc?.bytes ?? new Uint8Array()))
  })

  test('has the certificate that the issuer metadata name, one for all', async () => {
    const accessToken = await redeem(world, await issueFood(world, { serial: 'MDOC2' }))
    const [text = ''] = await credentialsIn(await ask(accessToken, holders(1)))
    const { sign1, claims } = parseMdoc(fromBase64url(text))
    const der = sign1.unprotectedHeader.get(33)
    if (!(der instanceof Uint8Array)) throw new TypeError('no certificate')
    const { subject } = new X509Certificate(der)
    expect(subject).toContain('C=CN')
    expect(subject).toContain(claims.iss)
    const [own, authority, ...more] = await publishedChain(claims.iss)
    expect([own?.raw.equals(der), more]).toEqual([true, []])
    if (own === undefined || authority === undefined) throw new TypeError('no chain')
    expect([own.ca, authority.ca, own.checkIssued(authority)]).toEqual([false, true, true])
    expect([own.verify(authority.publicKey), authority.verify(authority.publicKey)]).toEqual([
      true,
      true,
    ])
  })

  test('of a key that comes later is under the same authority, for as long as that lasts', async () => {
    const { services } = world
    const { agency_id: agency } = await services.storage
      .selectFrom('mdoc_certificate')
      .innerJoin('signing_key', 'signing_key.id', 'key_id')
      .select('agency_id')
      .executeTakeFirstOrThrow()
    const authorityUnder = async (number: number, notBefore: number) => {
      const id = `${agency.toLowerCase()}-issue-jws-${number}`
      const key = { id, purpose: 'issue-jws', algorithm: 'ES256', notBefore } as const
      const row = await newKeyRow(services, key)
      await services.storage
        .insertInto('signing_key')
        .values({ ...row, agency_id: agency, purpose: 'issue-jws' })
        .execute()
      await mdocCertificate(services, { keyId: id, signer: services.keys.signer(id) })
      return services.storage
        .selectFrom('mdoc_certificate')
        .select('authority')
        .where('key_id', '=', id)
        .executeTakeFirstOrThrow()
    }
    const { authority: first } = await services.storage
      .selectFrom('mdoc_certificate')
      .select('authority')
      .where('key_id', '=', `${agency.toLowerCase()}-issue-jws-1`)
      .executeTakeFirstOrThrow()
    const year = 365 * 86_400
    expect(await authorityUnder(7, services.now() + year)).toEqual({ authority: first })
    const { authority } = await authorityUnder(8, services.now() + 9 * year)
    const [older, later] = [first, authority].map(
      (text) => new X509Certificate(Buffer.from(text ?? '', 'base64url')),
    )
    expect(later?.publicKey.equals(older?.publicKey ?? later.publicKey)).toBe(true)
    expect([later?.subject === older?.subject, later?.raw.equals(older?.raw ?? later.raw)]).toEqual(
      [true, false],
    )
  })

  test('asked for twice at once is given once', async () => {
    const accessToken = await redeem(world, await issueFood(world, { serial: 'MDOC3' }))
    const answers = await Promise.all([ask(accessToken, holders(2)), ask(accessToken, holders(2))])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400])
  })

  test('is revoked with its licence, and then not given', async () => {
    const issued = await issueFood(world, { serial: 'MDOC4' })
    const accessToken = await redeem(world, issued)
    await credentialsIn(await ask(accessToken, holders(2)))
    const change = { status: 'revoked', reason: '测试' }
    await post(world, `/api/licences/${issued.id}/status`, change)
    const rows = await world.services.storage
      .selectFrom('credential')
      .select('status')
      .where('licence_id', '=', issued.id)
      .where('form', '=', 'mdoc')
      .execute()
    expect(rows.map(({ status }) => status)).toEqual([STATUS.revoked, STATUS.revoked])
    expect(await codeOf(await ask(accessToken, holders(1)))).toBe('licence/revoked')
  })

  test('is not given once the offer was taken back', async () => {
    const issued = await issueFood(world, { serial: 'MDOC5' })
    const accessToken = await redeem(world, issued)
    await world.services.storage
      .updateTable('credential')
      .set({ withdrawn_at: world.services.now() })
      .where('licence_id', '=', issued.id)
      .execute()
    expect(await codeOf(await ask(accessToken, holders(1)))).toBe('openid/denied')
  })
})

/**
 * What two presentations of two copies have in common (case T12): every value in either is taken out, down to the bytes
 * inside bytes, and those in both must be the ones that ARCHITECTURE §2 names.
 */
import {
  CborTag,
  type CborValue,
  decodeCbor,
  decodeQrText,
  fromBase64url,
  isArray,
  isBytes,
  isMap,
  isObject,
  type JsonValue,
  parseJson,
  toHex,
} from '@onetrip/codec'
import {
  dayToNumber,
  LICENCE_ELEMENT,
  LIVE_AUDIENCE,
  parseTypeDefinition,
  presentLive,
  presentMdoc,
  presentSdJwt,
  TYP,
} from '@onetrip/credential'
import { foodBusinessLicenceType } from '@onetrip/fixtures'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  credentialsIn,
  foodRequest,
  holderSigner,
  issueFood,
  MARKET,
  openWorld,
  proofOf,
  redeem,
  requestBatch,
  START,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { agencyIssuerUrl } from '../config.ts'

const TYPE = parseTypeDefinition(JSON.parse(JSON.stringify(foodBusinessLicenceType)))
const SHOWN = ['legalRepresentative', 'items']
const OFFICE = 'x509_hash:office'
const PERIOD = ['2026-11-20', '2031-11-19']
/** Of the agency: which list, never which place in it. */
const LIST = 'http://localhost:8787/s/2'
/** Minutes apart, as two offices would see them. */
const TIMES = [START + 60, START + 420] as const

const LIMITS = { tags: [0, 18, 24, 60, 1004], redactedKeys: true }
/** Places of digests are drawn, and what algorithms and kinds of keys are called is small too. */
const SMALL = /^-?\d{1,2}$/

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** Two copies of one licence, each with its key. */
async function twoCopies(format: 'dc+sd-cwt' | 'dc+sd-jwt' | 'mso_mdoc', serial: string) {
  const accessToken = await redeem(world, await issueFood(world, { serial }))
  const signers = [holderSigner('ES256'), holderSigner('ES256')]
  const proofs = await Promise.all(signers.map((signer) => proofOf(world, signer)))
  const configuration = `${TYPES.food}.${format}`
  const credentials = await credentialsIn(
    await requestBatch(world, { accessToken, configuration, proofs }),
  )
  return signers.map((signer, at) => ({
    signer,
    credential: credentials[at] ?? '',
    now: TIMES[at] ?? 0,
  }))
}

/**
 * Every text, number and run of bytes of a CBOR value, and of the CBOR inside bytes; keys of maps are no values. The sign of a
 * compressed point is one bit, which every second key shares.
 */
function cborValues(value: CborValue, found = new Set<string>()): Set<string> {
  if (value instanceof CborTag) cborValues(value.value, found)
  else if (isArray(value)) for (const item of value) cborValues(item, found)
  else if (isMap(value)) for (const item of value.values()) cborValues(item, found)
  else if (isBytes(value)) {
    const inside = decoded(value)
    // Bytes drawn at random may look like bytes in bytes.
    if (typeof inside === 'object' && !isBytes(inside)) cborValues(inside, found)
    else found.add(toHex(value))
  } else if (typeof value !== 'boolean') found.add(String(value))
  return found
}

function decoded(bytes: Uint8Array): CborValue | undefined {
  try {
    return decodeCbor(bytes, LIMITS)
  } catch {
    return undefined
  }
}

function jsonValues(value: JsonValue, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) jsonValues(item, found)
  else if (isObject(value)) for (const item of Object.values(value)) jsonValues(item, found)
  else found.add(String(value))
  return found
}

/** As {@link cborValues}, of an SD-JWT with its KB-JWT. */
function sdJwtValues(presentation: string): Set<string> {
  const found = new Set<string>()
  for (const part of presentation.split('~')) {
    for (const piece of part.split('.')) {
      try {
        jsonValues(parseJson(fromBase64url(piece)), found)
      } catch {
        // A signature is bytes and nothing else.
        found.add(piece)
      }
    }
  }
  return found
}

function shared(
  one: ReadonlySet<string> = new Set(),
  other: ReadonlySet<string> = new Set(),
): readonly string[] {
  return [...one].filter((value) => other.has(value)).toSorted()
}

/** What both state of the licence: number, period in its form, the claims that are always shown and the chosen ones. */
function stated(serial: string, period: readonly (string | number)[]): readonly string[] {
  const claims = foodRequest()['claims']
  if (!isObject(claims)) throw new TypeError('claims are an object')
  const always = TYPE.claims.filter(({ sd }) => sd === 'never').map(({ name }) => name)
  const values = [...new Set([...always, ...SHOWN])].map((name) => String(claims[name]))
  return [serial, ...period.map(String), ...values]
}

/** As every licence has them that the same agency issued in that hour. */
async function ofTheHour(purpose: 'issue-cbor' | 'issue-jws'): Promise<readonly string[]> {
  const { kid } = await world.services.storage
    .selectFrom('signing_key')
    .select('kid')
    .where('agency_id', '=', MARKET)
    .where('purpose', '=', purpose)
    .executeTakeFirstOrThrow()
  return [START, START + 365 * 86_400, kid].map(String)
}

describe('two presentations of two copies', () => {
  test('have nothing in common as CBOR but what is documented', async () => {
    const copies = await twoCopies('dc+sd-cwt', 'UNLINKED1')
    const [one, other] = await Promise.all(
      copies.map(async ({ credential, ...rest }) => {
        const input = { credential: fromBase64url(credential), type: TYPE, disclose: SHOWN }
        const bytes = decodeQrText(await presentLive({ ...input, ...rest }))
        return cborValues(decodeCbor(bytes, LIMITS))
      }),
    )
    const [from, to, kid = ''] = await ofTheHour('issue-cbor')
    const chosen = TYPE.claims.filter(({ name }) => SHOWN.includes(name)).map(({ key }) => key)
    const documented = [
      ...stated('UNLINKED1', PERIOD.map(dayToNumber)),
      ...chosen,
      ...[from, to, toHex(fromBase64url(kid)), MARKET, TYPES.food, LIST, LIVE_AUDIENCE],
      // Types, the mode, and what algorithms and kinds of keys are called (labels of COSE).
      ...[TYP.sdCwt, TYP.kbCwt, 1, 2, -9, -19],
    ]
    expect(shared(one, other)).toEqual(documented.map(String).toSorted())
  })

  test('have nothing in common as JWS but what is documented', async () => {
    const copies = await twoCopies('dc+sd-jwt', 'UNLINKED2')
    const [one, other] = await Promise.all(
      copies.map(async ({ now, ...rest }) => {
        const binding = { mode: 'requested', audience: OFFICE, issuedAt: now } as const
        const { random } = world.services
        return sdJwtValues(
          await presentSdJwt({ ...rest, ...binding, type: TYPE, disclose: SHOWN, random }),
        )
      }),
    )
    const documented = [
      ...stated('UNLINKED2', PERIOD),
      ...SHOWN,
      ...(await ofTheHour('issue-jws')),
      ...[agencyIssuerUrl(world.services.config, MARKET), TYPE.vct, LIST],
      ...['requested', OFFICE, 'dc+sd-jwt', 'kb+jwt', 'sha-256', 'ES256', 'EC', 'P-256'],
    ]
    expect(shared(one, other)).toEqual(documented.toSorted())
  })

  test('have nothing in common as mdoc but what is documented', async () => {
    const copies = await twoCopies('mso_mdoc', 'UNLINKED3')
    const always = TYPE.claims.filter(({ sd }) => sd === 'never').map(({ name }) => name)
    const disclose = [...new Set([...always, ...SHOWN])]
    const [one, other] = await Promise.all(
      copies.map(async ({ credential, signer, now }) => {
        const session = { clientId: OFFICE, nonce: String(now), responseUri: 'https://a.example/' }
        const input = { credential: fromBase64url(credential), disclose, session, signer }
        return cborValues(decodeCbor(await presentMdoc(input), LIMITS))
      }),
    )
    const [from, to, kid = ''] = await ofTheHour('issue-jws')
    const hours = [from, to].map((time) => new Date(Number(time) * 1000).toISOString())
    const { certificate } = await world.services.storage
      .selectFrom('mdoc_certificate')
      .select('certificate')
      .executeTakeFirstOrThrow()
    const documented = [
      ...stated('UNLINKED3', PERIOD.map(dayToNumber)),
      ...[...disclose, LICENCE_ELEMENT, TYPE.vct, MARKET, LIST, '1.0', 'SHA-256'],
      ...hours.map((time) => time.replace('.000', '')),
      ...[kid, certificate].map((text) => toHex(fromBase64url(text))),
    ]
    // The device signature has no payload of its own.
    const common = shared(one, other).filter((value) => !SMALL.test(value) && value !== 'null')
    expect(common).toEqual(documented.filter((value) => !SMALL.test(value)).toSorted())
  })
})

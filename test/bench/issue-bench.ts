/**
 * What issuing one licence in both securings costs in memory, with its salts and digests, beside its two raw
 * signatures (Ed25519 and P-256 in Node's fastest form), measured in turns.
 */
import { generateKeyPairSync, type KeyObject, randomFillSync, sign } from 'node:crypto'
import {
  isObject,
  parseJson,
  type Signer,
  signerFromPrivateJwk,
  sigStructure,
  utf8Encode,
} from '@onetrip/codec'
import { parseTypeDefinition } from '@onetrip/credential'
import { businessLicenceOfSample, businessLicenceType } from '@onetrip/fixtures'
import { draftLicence, issueLicence, type LicenceOrder } from '@onetrip/issuer'
import { type BenchResult, median, timed } from './measure.ts'

const WARM_ROUNDS = 2_000
const ROUNDS = 6_000
const NOW = 1_795_406_400
const YEAR_SECONDS = 31_536_000

interface Keys {
  readonly raw: KeyObject
  readonly signer: Signer
}

/** Measures issuing; every licence has its own status indices and salts. */
export async function benchIssue(): Promise<BenchResult> {
  const cbor = keys('Ed25519')
  const jws = keys('ES256')
  const order = sampleOrder()
  const issuerKeys = { cbor: cbor.signer.publicKey, jws: jws.signer.publicKey }
  const pending = draftLicence({ ...order, issuerKeys })
  const rawCbor = sigStructure(pending.cbor)
  const rawJws = utf8Encode(pending.jws.signingInput)
  const signers = { cbor: cbor.signer, jws: jws.signer }
  const rawTimes: number[] = []
  const times: number[] = []
  for (let round = -WARM_ROUNDS; round < ROUNDS; round += 1) {
    const rawTime = await timed(async () => {
      sign(null, rawCbor, cbor.raw)
      sign('sha256', rawJws, jws.raw)
    })
    const time = await timed(async () => {
      await issueLicence({ ...order, signers })
    })
    if (round < 0) continue
    rawTimes.push(rawTime)
    times.push(time)
  }
  return {
    name: 'issue a licence in both securings',
    rawMicroseconds: median(rawTimes),
    microseconds: median(times),
    aim: 2.5,
  }
}

function sampleOrder(): Omit<LicenceOrder, 'issuerKeys'> {
  return {
    type: parseTypeDefinition(JSON.parse(JSON.stringify(businessLicenceType))),
    facts: businessLicenceOfSample.facts,
    agency: { id: businessLicenceOfSample.agencyId, issuerUrl: 'https://api.onetrip.example/a/1' },
    holderKeys: {
      cbor: keys('Ed25519').signer.publicKey,
      jws: keys('ES256').signer.publicKey,
    },
    status: {
      cbor: { uri: 'https://api.onetrip.example/s/1', index: 4_321 },
      jws: { uri: 'https://api.onetrip.example/s/1', index: 54_321 },
    },
    now: NOW,
    expiresAt: NOW + YEAR_SECONDS,
    random: (length) => randomFillSync(new Uint8Array(length)),
  }
}

function keys(algorithm: 'Ed25519' | 'ES256'): Keys {
  const { privateKey } =
    algorithm === 'Ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = parseJson(JSON.stringify(privateKey.export({ format: 'jwk' })))
  if (!isObject(jwk)) throw new TypeError('not a JWK')
  return { raw: privateKey, signer: signerFromPrivateJwk(jwk) }
}

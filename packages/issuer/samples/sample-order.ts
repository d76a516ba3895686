/** Sample orders for the tests of this package. */
import {
  isObject,
  type JsonValue,
  parseJson,
  type Signer,
  signerFromPrivateJwk,
} from '@onetrip/codec'
import { parseTypeDefinition } from '@onetrip/credential'
import {
  identityOfChen,
  licenceTypes,
  type SampleLicence,
  type TestKeyName,
  testKeys,
} from '@onetrip/fixtures'
import type { LicenceOrder } from '../src/issue.ts'

/** Unix seconds, in the middle of an hour. */
export const SAMPLE_NOW = 1_790_000_000

/** Signs with a test key. */
export function sampleSigner(name: TestKeyName): Signer {
  return signerFromPrivateJwk({ ...testKeys[name] })
}

/** Bytes that differ from call to call and from run to run not at all. */
export function countingRandom(): (length: number) => Uint8Array {
  let counter = 0
  return (length) => {
    const bytes = new Uint8Array(length)
    for (let at = 0; at < length; at += 1) {
      counter = (Math.imul(counter, 1_664_525) + 1_013_904_223) >>> 0
      bytes[at] = counter >>> 24
    }
    return bytes
  }
}

/** An order for a sample licence, for the test keys. */
export function sampleOrder(licence: SampleLicence = identityOfChen): LicenceOrder {
  const uri = 'https://api.onetrip.example/s/1'
  const type = licenceTypes
    .map((json) => parseTypeDefinition(plainJson(json)))
    .find(({ typeCode }) => typeCode === licence.typeCode)
  if (type === undefined) throw new TypeError('no type for the sample licence')
  return {
    type,
    facts: licence.facts,
    agency: { id: licence.agencyId, issuerUrl: 'https://api.onetrip.example/agencies/police' },
    now: SAMPLE_NOW,
    issuerKeys: {
      cbor: sampleSigner('policeIssueCbor').publicKey,
      jws: sampleSigner('policeIssueJws').publicKey,
    },
    holderKeys: {
      cbor: sampleSigner('holderCbor').publicKey,
      jws: sampleSigner('holderJws').publicKey,
    },
    status: { cbor: { uri, index: 17 }, jws: { uri, index: 40_001 } },
    random: countingRandom(),
  }
}

function plainJson(json: unknown): JsonValue {
  const value = parseJson(JSON.stringify(json))
  if (!isObject(value)) throw new TypeError('a type definition is an object')
  return value
}

import { foodLicenceOfSample, identityOfChen } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import {
  codeOf,
  issueInput,
  issueSdCwt,
  issueSdJwt,
  NOW,
  newKeys,
  typeOf,
} from '../samples/testkit.ts'
import { presentSdCwt, presentSdJwt } from './present.ts'
import { receiveSdCwt, receiveSdJwt } from './receive.ts'

const ed = newKeys('Ed25519')
const es = newKeys('ES256')
const cborInput = issueInput(foodLicenceOfSample, ed)
const jsonInput = issueInput(foodLicenceOfSample, es)
const { type } = cborInput
const binding = { mode: 'live', audience: 'onetrip:live', issuedAt: NOW } as const

describe('a holder takes what is whole and for its own key', () => {
  test('SD-CWT and SD-JWT VC', async () => {
    const cbor = await issueSdCwt(cborInput, ed.issuer)
    const json = await issueSdJwt(jsonInput, es.issuer)
    const sdCwt = receiveSdCwt({ credential: cbor, holderKey: ed.holder.publicKey, type })
    const sdJwt = receiveSdJwt({ credential: json, holderKey: es.holder.publicKey, type })
    expect([sdCwt.disclosures.length, sdJwt.disclosures.length]).toEqual([8, 8])
  })

  test('another key is holder/mismatch (WA06)', async () => {
    const cbor = await issueSdCwt(cborInput, ed.issuer)
    const json = await issueSdJwt(jsonInput, es.issuer)
    const other = newKeys('Ed25519').holder.publicKey
    expect(await codeOf(() => receiveSdCwt({ credential: cbor, holderKey: other, type }))).toBe(
      'holder/mismatch',
    )
    expect(await codeOf(() => receiveSdJwt({ credential: json, holderKey: other, type }))).toBe(
      'holder/mismatch',
    )
  })

  test('another type is credential/wrong-type', async () => {
    const identity = typeOf(identityOfChen)
    const cbor = await issueSdCwt(cborInput, ed.issuer)
    const json = await issueSdJwt(jsonInput, es.issuer)
    const holderKey = ed.holder.publicKey
    const codes = [
      await codeOf(() => receiveSdCwt({ credential: cbor, holderKey, type: identity })),
      await codeOf(() => receiveSdJwt({ credential: json, holderKey, type: identity })),
      await codeOf(() =>
        receiveSdCwt({ credential: cbor, holderKey, type: { ...type, version: 2 } }),
      ),
    ]
    expect(codes).toEqual(Array(3).fill('credential/wrong-type'))
  })

  test('SD14: a key binding is unexpected', async () => {
    const cbor = await issueSdCwt(cborInput, ed.issuer)
    const json = await issueSdJwt(jsonInput, es.issuer)
    const shown = await presentSdCwt({
      ...binding,
      credential: cbor,
      type,
      disclose: [],
      signer: ed.holder,
    })
    const nonce = 'n'
    const bound = await presentSdJwt({
      ...binding,
      credential: json,
      type,
      disclose: [],
      nonce,
      signer: es.holder,
    })
    const codes = [
      await codeOf(() => receiveSdCwt({ credential: shown, holderKey: ed.holder.publicKey, type })),
      await codeOf(() => receiveSdJwt({ credential: bound, holderKey: es.holder.publicKey, type })),
      await codeOf(() =>
        presentSdJwt({
          ...binding,
          credential: bound,
          type,
          disclose: [],
          nonce,
          signer: es.holder,
        }),
      ),
    ]
    expect(codes).toEqual(Array(3).fill('sd-jwt/unexpected-key-binding'))
  })

  test('a mandatory claim withheld by the issuer is claim/missing', async () => {
    const json = await issueSdJwt(jsonInput, es.issuer)
    const [jwt = '', , ...rest] = json.split('~')
    const credential = [jwt, ...rest].join('~')
    expect(
      await codeOf(() => receiveSdJwt({ credential, holderKey: es.holder.publicKey, type })),
    ).toBe('claim/missing')
  })
})

import { equalBytes, type Signer, verifyJws, verifySign1 } from '@onetrip/codec'
import { paperText, parsePaper, parseSdCwt, parseSdJwt, readClaims } from '@onetrip/credential'
import { foodLicenceOfSample, sampleLicences } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { SAMPLE_NOW, sampleOrder, sampleSigner } from '../samples/sample-order.ts'
import {
  draftLicence,
  draftPaper,
  issueLicence,
  issuePaper,
  signLicence,
  signPaper,
} from './issue.ts'

const signers = { cbor: sampleSigner('policeIssueCbor'), jws: sampleSigner('policeIssueJws') }

function refused(code: string) {
  return expect.objectContaining({ code })
}

describe('issueLicence', () => {
  test.each(sampleLicences.map((licence) => [licence.typeCode, licence] as const))(
    '%s: both securings verify and state the same facts',
    async (_, licence) => {
      const order = sampleOrder(licence)
      const issued = await issueLicence({ ...order, signers })
      const sdCwt = parseSdCwt(issued.cbor)
      const sdJwt = parseSdJwt(issued.jws)
      await verifySign1(sdCwt.sign1, signers.cbor.publicKey)
      await verifyJws(sdJwt.jws, signers.jws.publicKey)
      for (const { claims } of [sdCwt, sdJwt]) {
        const read = readClaims(order.type, claims.raw)
        const values = Object.fromEntries(read.map(({ name, value }) => [name, value]))
        expect(values).toEqual(licence.facts.claims)
        expect(claims).toMatchObject({ serial: licence.facts.serial, hiddenCount: 0 })
        expect(claims.issuedAt).toBe(SAMPLE_NOW - (SAMPLE_NOW % 3_600))
      }
      expect(sdCwt.claims.status).toEqual(order.status.cbor)
      expect(sdJwt.claims.status).toEqual(order.status.jws)
    },
  )

  test('the seal that it is issued under stands in both, and on paper', async () => {
    const seal = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
    const { status, issuerKeys, ...order } = { ...sampleOrder(foodLicenceOfSample), seal }
    const issued = await issueLicence({ ...order, status, signers })
    expect(parseSdCwt(issued.cbor).claims.seal).toEqual(seal)
    expect(parseSdJwt(issued.jws).claims.seal).toEqual(seal)
    const paper = await issuePaper({ ...order, status: status.cbor, signer: signers.cbor })
    expect(parsePaper(paper).claims.seal).toEqual(seal)
    const wrong = { ...order, status, issuerKeys, seal: seal.slice(1) }
    expect(() => draftLicence(wrong)).toThrow(TypeError)
  })

  test('one status entry for both securings is the caller’s fault', () => {
    const order = sampleOrder()
    const status = { cbor: order.status.cbor, jws: { ...order.status.cbor } }
    expect(() => draftLicence({ ...order, status })).toThrow(TypeError)
  })

  test('so is a life over 400 days', () => {
    const expiresAt = SAMPLE_NOW + 401 * 86_400
    expect(() => draftLicence({ ...sampleOrder(), expiresAt })).toThrow(TypeError)
  })

  test('facts that do not fit the type', () => {
    const order = sampleOrder()
    const { claims, ...facts } = order.facts
    const cases: readonly [Readonly<Record<string, string | number>>, string][] = [
      [{ ...claims, colour: 'red' }, 'claim/unknown'],
      [{}, 'claim/missing'],
      [{ ...claims, birthDate: '1901-02-30' }, 'claim/format'],
    ]
    for (const [changed, code] of cases) {
      expect(() => draftLicence({ ...order, facts: { ...facts, claims: changed } })).toThrow(
        refused(code),
      )
    }
  })
})

describe('a pending licence', () => {
  test('is signed after a crash: by Ed25519 to the same bytes', async () => {
    const pending = draftLicence(sampleOrder())
    const first = await signLicence(pending, signers)
    const second = await signLicence(pending, signers)
    expect(equalBytes(first.cbor, second.cbor)).toBe(true)
    const unsigned = (text: string) => text.replace(/\.[^.~]+~/, '~')
    expect(unsigned(first.jws)).toBe(unsigned(second.jws))
    await verifyJws(parseSdJwt(second.jws).jws, signers.jws.publicKey)
  })

  test('is not signed by another key, or by the other algorithm', async () => {
    const pending = draftLicence(sampleOrder())
    const wrong = [
      { ...signers, cbor: sampleSigner('strangerCbor') },
      { ...signers, jws: sampleSigner('strangerJws') },
      { cbor: signers.jws, jws: signers.cbor },
    ]
    for (const pair of wrong) {
      await expect(signLicence(pending, pair)).rejects.toThrow(refused('issuer/key-mismatch'))
    }
  })

  test('a signer that answers DER is refused', async () => {
    const der: Signer = { ...signers.jws, sign: async () => new Uint8Array(70) }
    const signed = signLicence(draftLicence(sampleOrder()), { ...signers, jws: der })
    await expect(signed).rejects.toThrow(refused('signature/format'))
  })
})

describe('paper', () => {
  const { status, issuerKeys, ...order } = sampleOrder(foodLicenceOfSample)
  const paperOrder = { ...order, status: { ...status.cbor, index: 3 } }

  test('is issued within its code and verifies', async () => {
    const bytes = await issuePaper({ ...paperOrder, signer: signers.cbor })
    const paper = parsePaper(bytes)
    await verifySign1(paper.sign1, signers.cbor.publicKey)
    expect(paper.claims.holderKey).toBeUndefined()
    expect(paperText(bytes)).toMatch(/^OT1:/)
    expect(paperText(bytes).length).toBeLessThanOrEqual(600)
  })

  test('is signed again to the same bytes, and by no other key', async () => {
    const pending = draftPaper({ ...paperOrder, issuerKey: issuerKeys.cbor })
    expect(await signPaper(pending, signers.cbor)).toEqual(await signPaper(pending, signers.cbor))
    const wrong = signPaper(pending, sampleSigner('strangerCbor'))
    await expect(wrong).rejects.toThrow(refused('issuer/key-mismatch'))
  })

  test('what does not fit the code is refused before a key is used', () => {
    const { type } = order
    const roomy = {
      ...type,
      claims: type.claims.map((claim) => ({ ...claim, maxBytes: 4_000, paper: true })),
    }
    const text = roomy.claims.find(({ format }) => format === 'text')
    const facts = {
      ...order.facts,
      claims: { ...order.facts.claims, [text?.name ?? '']: '长'.repeat(200) },
    }
    expect(() =>
      draftPaper({ ...paperOrder, issuerKey: issuerKeys.cbor, type: roomy, facts }),
    ).toThrow(refused('qr/too-big'))
  })

  test('a type without a paper code is the caller’s fault', () => {
    const type = { ...order.type, paper: false }
    expect(() => draftPaper({ ...paperOrder, type, issuerKey: issuerKeys.cbor })).toThrow(TypeError)
  })
})

/**
 * @sd-jwt/sd-jwt-vc 0.19 over node:crypto verifies what we issue and present, and we verify what it makes.
 * The CWT forms have no peer in JavaScript; their peer is the draft's vectors.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { type JsonObject, publicKeyFromJwk, signerFromPrivateJwk, verifyJws } from '@onetrip/codec'
import { foodLicenceOfSample } from '@onetrip/fixtures'
import { newStatusBits, setStatus, signStatusListJwt } from '@onetrip/status'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { describe, expect, test } from 'vitest'
import {
  issueInput,
  issueSdJwt,
  NOW,
  newPrivateJwk,
  seededRandom,
  type TestKeys,
} from '../samples/testkit.ts'
import { readClaims } from './licence-claims.ts'
import { presentSdJwt } from './present.ts'
import { parseSdJwt } from './sd-jwt.ts'

const issuerJwk = newPrivateJwk('ES256')
const holderJwk = newPrivateJwk('ES256')
const keys: TestKeys = {
  issuer: signerFromPrivateJwk(issuerJwk),
  holder: signerFromPrivateJwk(holderJwk),
}
const input = issueInput(foodLicenceOfSample, keys)
const { claims: _, ...types } = input.type
const VALUES = { name: '虚构市云栖样例餐饮有限公司', uscc: '91339901MAXYN00113' }

describe('the peer verifies', () => {
  test.each([
    ['nothing selected', []],
    ['two claims', ['items', 'premises']],
    ['all claims', input.type.claims.map((claim) => claim.name)],
  ])('our presentation: %s', async (_name, disclose) => {
    const credential = await issueSdJwt(input, keys.issuer)
    const text = await presentSdJwt({
      credential,
      type: input.type,
      disclose,
      mode: 'live',
      audience: 'onetrip:live',
      issuedAt: NOW,
      random: seededRandom('nonce'),
      signer: keys.holder,
    })
    const nonce = parseSdJwt(text).keyBinding?.nonce ?? ''
    const peer = await newPeer()
    const { payload, kb } = await peer.verify(text, { currentDate: NOW, keyBindingNonce: nonce })
    expect(payload).toMatchObject({ iss: input.issuerUrl, vct: types.vct, ...VALUES })
    const hidden = input.type.claims.filter(
      ({ sd, name }) => sd === 'allowed' && !disclose.includes(name),
    )
    for (const { name } of hidden) expect(payload).not.toHaveProperty(name)
    for (const name of disclose) expect(payload).toHaveProperty(name)
    expect(kb?.payload.aud).toBe('onetrip:live')
  })

  test('and refuses it with another nonce, or revoked', async () => {
    const credential = await issueSdJwt(input, keys.issuer)
    const binding = { mode: 'requested', audience: 'a', issuedAt: NOW, nonce: 'right' } as const
    const all = { ...binding, credential, type: input.type, disclose: [], signer: keys.holder }
    const text = await presentSdJwt(all)
    const peer = await newPeer()
    await expect(
      peer.verify(text, { currentDate: NOW, keyBindingNonce: 'wrong' }),
    ).rejects.toThrow()
    const strict = await newPeer(1)
    await expect(
      strict.verify(text, { currentDate: NOW, keyBindingNonce: 'right' }),
    ).rejects.toThrow()
  })
})

describe('we verify the peer', () => {
  test('credential, chosen claims and key binding', async () => {
    const peer = await newPeer()
    const { d: _d, ...holderPublic } = holderJwk
    const credential = await peer.issue(
      {
        iss: input.issuerUrl,
        iat: NOW,
        exp: NOW + 86_400,
        vct: types.vct,
        cnf: { jwk: holderPublic as JsonObject },
        status: { status_list: { idx: 4711, uri: input.status.uri } },
        serial: 'JY23399010000012',
        validFrom: '2026-11-20',
        ...VALUES,
        items: '热食',
        hotline: '12315',
      },
      { _sd: ['items', 'hotline'], _sd_decoy: 2 },
    )
    const text = await peer.present<Record<string, boolean>>(
      credential,
      { items: true },
      { kb: { payload: { iat: NOW, aud: 'onetrip:live', nonce: 'n' } } },
    )
    const { jws, claims, keyBinding } = parseSdJwt(text)
    const { d: _e, ...issuerPublic } = issuerJwk
    await verifyJws(jws, publicKeyFromJwk(issuerPublic))
    await keyBinding?.verify(publicKeyFromJwk(holderPublic))
    const read = readClaims(input.type, claims.raw).map(({ name, value }) => [name, value])
    expect(Object.fromEntries(read)).toEqual({ ...VALUES, items: '热食' })
    expect(claims.hiddenCount).toBe(3)
    expect(keyBinding?.mode).toBeUndefined()
  })
})

async function newPeer(status: 0 | 1 = 0): Promise<SDJwtVcInstance> {
  const statuses = newStatusBits()
  setStatus({ statuses, bits: 2, index: input.status.index }, status)
  const list = await signStatusListJwt(
    {
      uri: input.status.uri,
      bits: 2,
      statuses,
      issuedAt: NOW - 60,
      expiresAt: NOW + 86_400,
      ttlSeconds: 3600,
    },
    keys.issuer,
  )
  return new SDJwtVcInstance({
    hasher: (data) =>
      createHash('sha256')
        .update(Buffer.from(data as string))
        .digest(),
    hashAlg: 'sha-256',
    saltGenerator: (length) => randomBytes(length).toString('base64url'),
    signAlg: 'ES256',
    signer: (data) => signBy(issuerJwk, data),
    verifier: (data, signature) => isSignedBy(issuerJwk, data, signature),
    kbSignAlg: 'ES256',
    kbSigner: (data) => signBy(holderJwk, data),
    kbVerifier: (data, signature) => isSignedBy(holderJwk, data, signature),
    statusListFetcher: async () => list,
  })
}

function signBy(jwk: JsonObject, data: string): string {
  const key = createPrivateKey({ key: { ...jwk }, format: 'jwk' })
  return sign('sha256', Buffer.from(data), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
}

function isSignedBy(jwk: JsonObject, data: string, signature: string): boolean {
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
  const bytes = Buffer.from(signature, 'base64url')
  return verify('sha256', Buffer.from(data), { key, dsaEncoding: 'ieee-p1363' }, bytes)
}

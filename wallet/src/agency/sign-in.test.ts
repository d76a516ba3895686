import { createHash } from 'node:crypto'
import type { Http } from '@onetrip/ui'
import { describe, expect, test } from 'vitest'
import { exchangeCode, makeVerifier, readSignInReturn, signInAddress } from './sign-in.ts'

const API = 'https://a.example.cn'
const CODE = 'c'.repeat(43)

function answering(body: object, status = 200): Http {
  return async () =>
    new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
}

test('the address tells only the hash of the verifier', () => {
  const verifier = makeVerifier((length) => new Uint8Array(length).fill(7))
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  expect(verifier).toMatch(/^[\w-]{43}$/)
  expect(signInAddress(API, verifier)).toBe(`${API}/sign-in/wallet?challenge=${challenge}`)
})

describe('what a window comes back with', () => {
  test('is a code', () => {
    expect(readSignInReturn(`#sign_in_code=${CODE}`)).toEqual({ code: CODE })
  })

  test('or a reason that has words; any other is a refusal', () => {
    expect(readSignInReturn('#sign_in_refused=sign-in%2Flevel')).toEqual({
      refusal: 'sign-in/level',
    })
    expect(readSignInReturn('#sign_in_refused=any-thing')).toEqual({ refusal: 'sign-in/refused' })
  })

  test('or nothing', () => {
    for (const hash of [
      '',
      '#/',
      `#sign_in_code=${CODE}x`,
      '#sign_in_code=',
      '#sign_in_refused=<b>',
    ]) {
      expect(readSignInReturn(hash)).toBeUndefined()
    }
  })
})

describe('exchanging a code', () => {
  const exchange = (http: Http) => exchangeCode({ apiOrigin: API, code: CODE, verifier: 'v', http })

  test('gives the session', async () => {
    const session = { bearer: 'b'.repeat(43), endsAt: 1_795_000_000 }
    expect(await exchange(answering(session))).toEqual(session)
  })

  test('refuses what is none', async () => {
    const answers = [{}, { bearer: 'b', endsAt: 1 }, { bearer: 'b'.repeat(43), endsAt: 'soon' }]
    for (const answer of answers) {
      await expect(exchange(answering(answer))).rejects.toMatchObject({ code: 'issuer/answer' })
    }
    const refused = answering({ code: 'sign-in/code' }, 400)
    await expect(exchange(refused)).rejects.toMatchObject({ code: 'sign-in/code' })
  })
})

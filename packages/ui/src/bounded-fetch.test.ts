import { describe, expect, test } from 'vitest'
import { type BoundedRequest, fetchBytes, fetchJson, type Http } from './bounded-fetch.ts'

const REQUEST: BoundedRequest = {
  url: 'https://issuer.example/',
  method: 'GET',
  maxBytes: 10,
  timeoutMs: 10_000,
}

function answer(body: string, status = 200, type = 'application/json'): Http {
  return async () => new Response(body, { status, headers: { 'Content-Type': type } })
}

/** A server that says nothing until the caller gives up. */
const silent: Http = (_url, init) =>
  new Promise((_resolve, reject) => {
    init.signal?.addEventListener('abort', () => reject(new Error('aborted')))
  })

/** A server that begins its answer and then says nothing more. */
const stalling: Http = async (_url, init) => {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(Uint8Array.of(0x7b))
      init.signal?.addEventListener('abort', () => controller.error(new Error('aborted')))
    },
  })
  return new Response(body, { headers: { 'Content-Type': 'application/json' } })
}

describe('bytes', () => {
  test('are given whole', async () => {
    expect(await fetchBytes(answer('0123456789'), REQUEST)).toHaveLength(10)
  })

  const cases: readonly (readonly [string, Http, string])[] = [
    ['a byte too many', answer('0123456789a'), 'network/too-large'],
    ['not found', answer('', 404), 'network/refused'],
    ['forbidden', answer('', 403), 'network/refused'],
    ['too many requests', answer('', 429), 'network/busy'],
    ['unavailable', answer('', 503), 'network/server'],
    ['no connection', () => Promise.reject(new TypeError('failed')), 'network/unreachable'],
  ]
  test.for(cases)('%s', async ([, http, code]) => {
    await expect(fetchBytes(http, REQUEST)).rejects.toMatchObject({ code })
  })

  test.for([silent, stalling])('a server that does not end is given up', async (http) => {
    const request = { ...REQUEST, timeoutMs: 20 }
    await expect(fetchBytes(http, request)).rejects.toMatchObject({ code: 'network/timeout' })
    await expect(fetchJson(http, request)).rejects.toMatchObject({ code: 'network/timeout' })
  })
})

describe('JSON', () => {
  test('is given with its status, a refusal too', async () => {
    expect(await fetchJson(answer('{"a":1}', 400), REQUEST)).toMatchObject({
      status: 400,
      body: { a: 1 },
    })
  })

  test.for([answer('{}', 200, 'text/html'), answer('[]'), answer('{')])(
    'another answer is not taken',
    async (http) => {
      await expect(fetchJson(http, REQUEST)).rejects.toMatchObject({ code: 'network/not-json' })
    },
  )
})

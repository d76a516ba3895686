import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listen, type TestServer } from '../../trust/samples/test-server.ts'
import { cappedFetch } from './capped-fetch.ts'

let server: TestServer
let origin = ''

beforeAll(async () => {
  server = await listen((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: '/small' }).end()
    else if (request.url === '/missing') response.writeHead(404).end('no')
    else response.end(new Uint8Array(request.url === '/large' ? 5000 : 10).fill(7))
  })
  origin = server.origin
})

afterAll(() => {
  server.close()
})

describe('cappedFetch', () => {
  test('gives a resource within its cap', async () => {
    expect(await cappedFetch(`${origin}/small`, { maxBytes: 10 })).toEqual(
      new Uint8Array(10).fill(7),
    )
  })

  test('says that there is none', async () => {
    expect(await cappedFetch(`${origin}/missing`, { maxBytes: 10 })).toBeUndefined()
  })

  test.each(['/large', '/moved'])('refuses %s', async (path) => {
    await expect(cappedFetch(origin + path, { maxBytes: 1000 })).rejects.toThrow()
  })
})

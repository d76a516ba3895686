import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cappedFetch } from './capped-fetch.ts'

let server: Server
let origin = ''

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: '/small' }).end()
    else if (request.url === '/missing') response.writeHead(404).end('no')
    else response.end(new Uint8Array(request.url === '/large' ? 5000 : 10).fill(7))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  origin = `http://127.0.0.1:${address.port}`
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

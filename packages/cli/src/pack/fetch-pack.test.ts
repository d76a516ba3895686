/** Cases ST09 and TR07 with the one thing that the command fetches: a canary server sees no request. */
import type { RequestListener, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { MAX_PACK_BYTES } from '@onetrip/trust'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listen, type TestServer } from '../../../trust/samples/test-server.ts'
import { UsageError } from '../usage.ts'
import { fetchPack } from './fetch-pack.ts'

const asked: string[] = []
const canaryAsked: string[] = []
const servers: TestServer[] = []
let canary = ''
let origin = ''
let answer: (response: ServerResponse) => void = (response) => response.end('pack')

beforeAll(async () => {
  canary = await serve((request, response) => {
    canaryAsked.push(request.url ?? '')
    response.end('caught')
  })
  origin = await serve((request, response) => {
    asked.push(`${request.headers.authorization ?? ''} ${request.url}`)
    answer(response)
  })
})

beforeEach(() => {
  asked.length = 0
})

afterAll(() => {
  expect(canaryAsked).toEqual([])
  for (const server of servers) server.close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = await listen(listener)
  servers.push(server)
  return server.origin
}

function fetched(server: string, deadlineMs = 10_000): Promise<Uint8Array> {
  return fetchPack({ server, base: undefined, deadlineMs, onProgress: () => {} })
}

describe('the certificate of a counter', () => {
  const forCounter = () =>
    fetchPack({ server: origin, base: 3, counter: 'abc-_', onProgress: () => {} })

  test('is asked for with the pack', async () => {
    answer = (response) => response.end('pack')
    expect(await forCounter()).toHaveLength(4)
    expect(asked).toEqual([' /trust/pack?base=3&counter=abc-_'])
  })

  test.for([403, 404])('that is refused with %i is told', async (status) => {
    answer = (response) => response.writeHead(status).end()
    await expect(forCounter()).rejects.toMatchObject({ code: 'counter/not-found' })
  })
})

describe('the address', () => {
  test.for(['', '/', '/elsewhere/x?base=3#y', '/../..'])(
    '%s beside the origin counts for nothing',
    async (rest) => {
      answer = (response) => response.end('pack')
      expect(await fetched(origin + rest)).toHaveLength(4)
      expect(asked).toEqual([' /trust/pack'])
    },
  )

  test('loses its credentials', async () => {
    expect(await fetched(origin.replace('//', '//clerk:secret@'))).toHaveLength(4)
    expect(asked).toEqual([' /trust/pack'])
  })

  test.for(['file:///etc/passwd', 'data:,x', 'ftp://a.example', 'a.example', '', '//a.example'])(
    '%s is none',
    async (server) => {
      await expect(fetched(server)).rejects.toThrow(UsageError)
    },
  )
})

describe('the answer', () => {
  test.for([301, 302, 303, 307, 308])('of status %i is followed nowhere', async (status) => {
    for (const location of [`${canary}/x`, `${canary.replace('http:', '')}/x`, '/trust/other']) {
      answer = (response) => response.writeHead(status, { Location: location }).end()
      await expect(fetched(origin)).rejects.toMatchObject({ code: 'trust/unavailable' })
    }
    expect(new Set(asked)).toEqual(new Set([' /trust/pack']))
  })

  test('that never ends is cut, inflated or not', async () => {
    const chunk = Buffer.alloc(1_048_576)
    let sent = 0
    answer = (response) => {
      const more = (): void => {
        while (!response.destroyed && sent < 4 * MAX_PACK_BYTES) {
          sent += chunk.length
          if (!response.write(chunk)) return
        }
      }
      response.on('drain', more)
      more()
    }
    await expect(fetched(origin)).rejects.toMatchObject({ code: 'pack/too-large' })
    expect(sent).toBeLessThan(2 * MAX_PACK_BYTES)
    const bomb = gzipSync(Buffer.alloc(MAX_PACK_BYTES + 1))
    answer = (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb)
    await expect(fetched(origin)).rejects.toMatchObject({ code: 'pack/too-large' })
  })

  test('of a byte now and then is given up at the deadline', async () => {
    answer = (response) => {
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    }
    await expect(fetched(origin, 300)).rejects.toMatchObject({ code: 'trust/unavailable' })
  })
})

/**
 * Cases ST09, TR07 and T11 with the fetcher of the faces over real HTTP: whatever a server answers and whatever addresses
 * signed data hold, a canary server that nobody is meant to ask sees no request, and what was kept stays in use.
 */
import type { RequestListener, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { sha256, toBase64url } from '@onetrip/codec'
import {
  followTrust,
  memoryTufStore,
  type RepositoryFiles,
  TARGET,
  type Trust,
} from '@onetrip/trust'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FOLLOW_NOW, INITIAL_ROOT, repository } from '../../trust/samples/followed-repository.ts'
import { SAMPLE_NOW, sampleDocuments, sampleStatusList } from '../../trust/samples/sample-trust.ts'
import { listen, type TestServer } from '../../trust/samples/test-server.ts'
import { cappedFetchWithin } from './capped-fetch.ts'
import { networkFetcher } from './network-fetcher.ts'

const DEADLINE_MS = 400
const HUGE = 16_777_216

const asked: string[] = []
const canaryAsked: string[] = []
let canary = ''
let origin = ''
let files: RepositoryFiles
/** Answers in place of the repository, for the paths that it knows. */
const answers = new Map<string, (response: ServerResponse) => void>()
const servers: TestServer[] = []

beforeAll(async () => {
  canary = await serve((request, response) => {
    canaryAsked.push(request.url ?? '')
    response.end('caught')
  })
  origin = await serve((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const [, name = ''] = /^\/trust\/(?:metadata|targets)\/(.+)$/.exec(path) ?? []
    const bytes = files.metadata.get(name) ?? files.targets.get(name)
    const answer = answers.get(name)
    if (answer !== undefined) answer(response)
    else if (bytes === undefined) response.writeHead(404).end('none')
    else response.end(bytes)
  })
})

beforeEach(async () => {
  await serveTheFirst()
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

function fetcher(from = origin) {
  return networkFetcher(from, cappedFetchWithin(DEADLINE_MS))
}

function follow(store: ReturnType<typeof memoryTufStore>, from = origin): Promise<Trust> {
  const root = { initialRoot: INITIAL_ROOT, environment: 'test' }
  return followTrust({ store, fetcher: fetcher(from), now: FOLLOW_NOW, ...root })
}

async function serveTheFirst(): Promise<void> {
  files = await repository()
  answers.clear()
}

/** The newest file of the second version whose name ends so. */
function named(ending: string): string {
  const names = [...files.metadata.keys(), ...files.targets.keys()]
  return names.findLast((name) => name.endsWith(ending)) ?? ''
}

async function keepsTheFirst(
  ending: string,
  answer: (response: ServerResponse) => void,
): Promise<Trust> {
  await serveTheFirst()
  const store = memoryTufStore()
  await follow(store)
  files = await repository({
    documents: sampleDocuments({ offices: [] }),
    versions: { targets: 2, online: 2 },
    signedAt: SAMPLE_NOW + 60,
  })
  answers.set(named(ending), answer)
  const trust = await follow(store)
  expect(trust).toMatchObject({ version: 1, signedAt: SAMPLE_NOW })
  return trust
}

function codesIn({ faults }: Trust): readonly string[] {
  return faults.map(({ code }) => code)
}

describe('a redirect', () => {
  const places = [
    () => `${canary}/latest/meta-data`,
    () => canary.replace('http:', ''),
    () => canary.replace('127.0.0.1', 'localhost'),
    () => `http://user:secret@${new URL(canary).host}/`,
    () => 'http://169.254.169.254/latest/meta-data',
    () => '/trust/metadata/timestamp.json',
  ]

  test.each(['timestamp.json', '.snapshot.json', 'trust-list.json'])(
    'in place of %s is followed nowhere',
    async (ending) => {
      for (const [at, place] of places.entries()) {
        const status = [301, 302, 303, 307, 308][at % 5] ?? 302
        const trust = await keepsTheFirst(ending, (response) => {
          response.writeHead(status, { Location: place() }).end()
        })
        expect(codesIn(trust)).toEqual(['trust/unavailable'])
      }
    },
  )

  test('by a page or a header leads nowhere', async () => {
    const page = `<meta http-equiv="refresh" content="0;url=${canary}"><script src="${canary}"></script>`
    const headers = {
      Refresh: `0;url=${canary}`,
      Link: `<${canary}>; rel=preload`,
      'Content-Location': canary,
    }
    const trust = await keepsTheFirst('timestamp.json', (response) => {
      response.writeHead(200, { ...headers, 'Content-Type': 'text/html' }).end(page)
    })
    expect(codesIn(trust)).toEqual(['json/format'])
  })
})

describe('an address', () => {
  test.each([
    '%2e%2e/%2e%2e/api/licences',
    '..%2f..%2fapi',
    'a?b=c',
    'a#b',
    '@canary/x',
    'http:/127.0.0.1/x',
    '证照/一',
    'a;b=c/d e',
  ])('of a target named %s stays below the repository', async (path) => {
    await expect(fetcher().target(path, { maxBytes: 10 })).resolves.toBeUndefined()
    expect(asked).toHaveLength(1)
    const [, sent = ''] = /^\/trust\/targets\/(.+)$/.exec(asked[0] ?? '') ?? []
    expect(decodeURIComponent(sent)).toBe(path)
  })

  test('that signed data hold is asked for nothing', async () => {
    const foreign = await repository()
    const root = foreign.metadata.get('1.root.json') ?? new Uint8Array()
    const entry = {
      id: 'other',
      name: { 'zh-CN': '样例省', en: 'Sample province' },
      repository: `${canary}/trust/`,
      rootDigest: toBase64url(sha256(root)),
      types: [],
    }
    files = await repository({
      documents: {
        ...sampleDocuments(),
        [TARGET.recognition]: { format: 1, jurisdictions: [entry] },
        'recognition/other.root.json': root,
        [canary.replace('//', '/')]: 'what a target is called',
      },
      statusLists: { 1: await sampleStatusList({ uri: `${canary}/s/1`, signer: 'policeStatus' }) },
    })
    const trust = await follow(memoryTufStore())
    expect(trust.recognised).toEqual([])
    expect(asked).toContain('/trust/recognised/other/metadata/timestamp.json')
    expect(asked.filter((path) => !path.startsWith('/trust/'))).toEqual([])
    expect(trust.statusList(trust.agencies[0]?.id ?? '', `${canary}/s/1`)).toBeDefined()
  })

  test('with credentials is asked for nothing', async () => {
    const from = origin.replace('//', '//clerk:secret@')
    await expect(follow(memoryTufStore(), from)).rejects.toMatchObject({
      code: 'trust/unavailable',
    })
    expect(asked).toEqual([])
  })
})

describe('an answer', () => {
  test.each(['timestamp.json', '.targets.json', 'trust-list.json'])(
    'that never ends in place of %s is cut',
    async (ending) => {
      let sent = 0
      const trust = await keepsTheFirst(ending, (response) => {
        const chunk = Buffer.alloc(65_536, '{')
        const more = (): void => {
          while (!response.destroyed && sent < 64 * HUGE) {
            sent += chunk.length
            if (!response.write(chunk)) return
          }
        }
        response.on('drain', more)
        more()
      })
      expect(codesIn(trust)).toEqual(['trust/too-large'])
      expect(sent).toBeLessThan(HUGE)
    },
  )

  test('that inflates without end is cut', async () => {
    // Before it is asked for: to make it takes a part of the time that an answer has.
    const small = gzipSync(Buffer.alloc(HUGE))
    const trust = await keepsTheFirst('timestamp.json', (response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(small)
    })
    expect(codesIn(trust)).toEqual(['trust/too-large'])
  })

  test('of a byte now and then is given up at the deadline', async () => {
    const began = performance.now()
    const trust = await keepsTheFirst('timestamp.json', (response) => {
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    })
    expect(codesIn(trust)).toEqual(['trust/unavailable'])
    expect(performance.now() - began).toBeLessThan(20 * DEADLINE_MS)
  })

  test.each([[204], [206], [301], [403], [500], [503]])(
    'of status %i brings nothing',
    async (status) => {
      const trust = await keepsTheFirst('timestamp.json', (response) => {
        response.writeHead(status).end()
      })
      expect(codesIn(trust)).toEqual(['trust/unavailable'])
    },
  )
})

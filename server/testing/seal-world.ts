/** For tests of seals: a world with the people who have seals made, ask for them, keep them, and have nothing to do with them. */
import {
  isObject,
  type JsonObject,
  parseJson,
  sha256,
  toBase64url,
  utf8Encode,
} from '@onetrip/codec'
import { sampleSealMaker } from '@onetrip/fixtures'
import { createApiKey } from '../src/actors/api-keys.ts'
import type { Role } from '../src/rights/rights.ts'
import { MARKET, openWorld, POLICE, START, type World } from './test-world.ts'

/** A file to be sealed. */
export const LETTER: Uint8Array = utf8Encode('关于虚构市样例事项的函\n')
/** SHA-256 of {@link LETTER}, base64url. */
export const DIGEST: string = toBase64url(sha256(LETTER))
/** SHA-256 of another file. */
export const OTHER_DIGEST: string = toBase64url(sha256(utf8Encode('另一份文件')))

/** An application that is granted. */
export const APPLICATION: Readonly<Record<string, string>> = {
  maker: sampleSealMaker.id,
  name: '虚构市云栖区市场监督管理局公文专用章',
  kind: '99',
  rank: 'cityOrCounty',
  lowerLine: '公文专用章',
  reason: '发文用印',
}

/** Whose key is used; `clerkAgain` and `clerkSpelled` (with a space that is not seen) are other keys of `clerk`, `deputy` may what `owner` may, `stranger` is of another agency. */
export type SealPerson =
  | 'owner'
  | 'deputy'
  | 'clerk'
  | 'clerkAgain'
  | 'clerkSpelled'
  | 'keeper'
  | 'system'
  | 'maker'
  | 'stranger'

/** What the API answered. */
export interface SealAnswer {
  readonly status: number
  readonly body: JsonObject
}

/** The people at work in one world. */
export interface SealWorld {
  readonly world: World
  readonly now: () => number
  /** Lets time pass. */
  readonly later: (seconds: number) => void
  /** Sends to `/api/seals` with somebody's key: JSON, or a PDF as it is. */
  readonly request: (
    who: SealPerson,
    path: string,
    body?: JsonObject | Uint8Array,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>
  readonly call: (who: SealPerson, path: string, body?: JsonObject) => Promise<SealAnswer>
  /** As `call`, and throws when it was refused. */
  readonly done: (who: SealPerson, path: string, body: JsonObject) => Promise<JsonObject>
  /** Has a seal made and registered; answers its id. */
  readonly sealInUse: (changes?: JsonObject) => Promise<string>
  /** Lifts a suspension, by two people. */
  readonly resume: (sealId: string) => Promise<void>
  /** Asks for a seal on files, on the letter unless said; answers the request's id. */
  readonly ask: (sealId: string, files?: readonly JsonObject[]) => Promise<string>
  readonly approve: (useId: string, files?: readonly string[]) => Promise<SealAnswer>
  /** The `.seal` of an approved file. */
  readonly impression: (useId: string, digest?: string, body?: JsonObject) => Promise<Uint8Array>
  /** Why there is none. */
  readonly refusal: (useId: string, digest?: string) => Promise<unknown>
}

/** The letter as requests name it. */
export function letter(changes: JsonObject = {}): JsonObject {
  const { length } = LETTER
  return { sha256: DIGEST, length, mediaType: 'text/plain', name: 'letter.txt', ...changes }
}

/** Opens a world and gives each of the people a key. */
export async function openSealWorld(
  environment: Readonly<Record<string, string>> = {},
): Promise<SealWorld> {
  // Without any it is like other worlds, and its cast a copy.
  const world = await openWorld(Object.keys(environment).length === 0 ? {} : { environment })
  const keys = await keysIn(world)
  let now = START
  const request: SealWorld['request'] = async (who, path, body, headers = {}) => {
    const isPdf = body instanceof Uint8Array
    const type = isPdf ? 'application/pdf' : 'application/json'
    return world.app.request(`/api/seals${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        Authorization: `Bearer ${keys[who]}`,
        ...(body === undefined ? {} : { 'Content-Type': type }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isPdf ? new Uint8Array(body) : JSON.stringify(body) }),
    })
  }
  const call: SealWorld['call'] = async (who, path, body) => {
    const response = await request(who, path, body)
    const json = parseJson(new Uint8Array(await response.arrayBuffer()), { maxBytes: 1_000_000 })
    return { status: response.status, body: isObject(json) ? json : {} }
  }
  const done: SealWorld['done'] = async (who, path, body) => {
    const answer = await call(who, path, body)
    if (answer.status >= 300) throw new Error(JSON.stringify(answer.body))
    return answer.body
  }
  return {
    world,
    request,
    call,
    done,
    now: () => now,
    later: (seconds) => {
      now += seconds
      world.setNow(now)
    },
    sealInUse: async (changes = {}) => {
      const { id } = await done('owner', '', { ...APPLICATION, ...changes })
      await done('maker', `/${id}/make`, { reason: '按申请制作' })
      await done('maker', `/${id}/register`, { reason: '已备案' })
      return String(id)
    },
    resume: async (sealId) => {
      for (const who of ['owner', 'deputy'] as const) {
        await done(who, `/${sealId}/resume`, { reason: '恢复使用' })
      }
    },
    ask: async (sealId, files = [letter()]) => {
      const { id } = await done('clerk', `/${sealId}/uses`, { purpose: '答复来函', files })
      return String(id)
    },
    approve: (useId, files = [DIGEST]) =>
      call('keeper', `/uses/${useId}/decision`, { decision: 'approve', files }),
    impression: async (useId, digest = DIGEST, body = {}) => {
      const response = await request('clerk', `/uses/${useId}/files/${digest}/impression`, body)
      if (response.status !== 200) throw new Error(await response.text())
      return new Uint8Array(await response.arrayBuffer())
    },
    refusal: async (useId, digest = DIGEST) =>
      (await call('clerk', `/uses/${useId}/files/${digest}/impression`, {})).body['code'],
  }
}

async function keysIn({ services }: World): Promise<Readonly<Record<SealPerson, string>>> {
  const key = (name: string, roles: readonly Role[], more: object = {}): Promise<string> =>
    createApiKey(services, {
      agencyId: MARKET,
      holder: { name, kind: 'person' },
      types: [],
      roles,
      ...more,
    })
  const all = ['own-seals', 'request-seal', 'keep-seals'] as const
  return {
    owner: await key('钱主任', ['own-seals']),
    deputy: await key('郑副主任', ['own-seals']),
    clerk: await key('李经办', ['request-seal', 'keep-seals']),
    clerkAgain: await key('李经办', ['keep-seals']),
    clerkSpelled: await key('李\u200b经办\u3000', ['keep-seals']),
    keeper: await key('孙印管', ['keep-seals']),
    system: await key('用印系统', ['keep-seals'], { holder: { name: '用印系统', kind: 'system' } }),
    maker: await key('周制章', ['make-seals'], {
      agencyId: POLICE,
      sealMakers: [sampleSealMaker.id],
    }),
    stranger: await key('吴外人', all, { agencyId: POLICE }),
  }
}

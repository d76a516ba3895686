/** What these pages ask of the agency's server: guides for everybody, and the cases of whoever is signed in. */
import { type ErrorCode, fault, type JsonObject } from '@onetrip/codec'
import { fetchJson, type Http, type JsonAnswer } from '@onetrip/ui'
import {
  type Guide,
  type ListedCase,
  type Matter,
  type MyCase,
  type Plan,
  parseCase,
  parseGuide,
  parseListed,
  parseMatter,
  parsePlan,
} from './case-data.ts'
import { countIn, documentIn, listIn, textIn } from './read-answer.ts'

const MAX_ANSWER_BYTES = 4_194_304
const TIMEOUT_MS = 30_000
/** What the person can be told; anything else is `network/refused`. */
const KNOWN_CODES = [
  'auth/required',
  'case/changed',
  'case/decided',
  'case/evidence',
  'case/form',
  'case/material',
  'case/materials-missing',
  'case/not-found',
  'case/state',
  'feedback/exists',
  'guide/unknown',
  'guide/answers',
  'http/body-too-large',
  'idempotency/key-reused',
  'request/response-code',
  'sign-in/level',
  'sign-in/not-recent',
  'upload/active-content',
  'upload/media-type',
  'upload/too-large',
  'upload/too-many',
  'upload/unreadable',
] as const satisfies readonly ErrorCode[]

/** Answers by question, or values by field. */
export type Texts = Readonly<Record<string, string>>

/** The server, for everybody. */
export interface GuideAccess {
  readonly apiOrigin: string
  readonly http: Http
}

/** The server, as whoever signed in. */
export interface CaseAccess extends GuideAccess {
  readonly bearer: string
}

/** Matters that can be brought. Throws `issuer/answer` and the codes of fetchJson. */
export async function fetchMatters(access: GuideAccess): Promise<readonly Matter[]> {
  const { matters } = await askGuides(access, '')
  return listIn(matters, parseMatter)
}

/** The guide of a matter. Throws also `guide/unknown`. */
export async function fetchGuide(access: GuideAccess, matter: string): Promise<Guide> {
  return parseGuide(await askGuides(access, `/${encodeURIComponent(matter)}`))
}

/** What applies by the answers. Throws also `guide/answers`. */
export async function fetchPlan(
  access: GuideAccess,
  of: { readonly matter: string; readonly answers: Texts },
): Promise<Plan> {
  const { matter, answers } = of
  return parsePlan(await askGuides(access, `/${encodeURIComponent(matter)}/plan`, { answers }))
}

/** One's own cases, newest first. Throws `auth/required` when the session is over. */
export async function fetchMyCases(access: CaseAccess): Promise<readonly ListedCase[]> {
  return listIn((await askMine(access, ''))['cases'], parseListed)
}

/** Begins a case under an id of one's own; a retry begins nothing anew. Gives the id. */
export async function beginCase(
  access: CaseAccess,
  of: {
    readonly id: string
    readonly matter: string
    readonly office: string
    readonly answers: Texts
  },
): Promise<string> {
  return textIn((await askMine(access, '', { ...of }))['id'])
}

/** One case. Throws also `case/not-found`. */
export async function fetchCase(access: CaseAccess, id: string): Promise<MyCase> {
  return parseCase(await askMine(access, `/${id}`))
}

/** A part's decision as it was sealed, with the `.seal` file on it in base64url. Throws also `case/not-found`, `case/state`. */
export async function fetchDecision(
  access: CaseAccess,
  of: { readonly id: string; readonly part: string },
): Promise<{ readonly document: string; readonly seal: string }> {
  const path = `/${of.id}/parts/${encodeURIComponent(of.part)}/decision`
  const { document, seal } = await askMine(access, path)
  return { document: documentIn(document), seal: documentIn(seal) }
}

/** Changes something of a case that was seen in `version`: `path` below the case, `body` what it is to be. */
export async function changeMyCase(
  access: CaseAccess,
  of: { readonly id: string; readonly path: string; readonly body: JsonObject },
): Promise<JsonObject> {
  return askMine(access, `/${of.id}/${of.path}`, of.body)
}

/** Lays a file in; tells how much of it is on its way, 0 to 1. Throws also `upload/*`. */
export function uploadFile(
  access: Omit<CaseAccess, 'http'>,
  of: {
    readonly id: string
    readonly material: string
    readonly version: number
    readonly file: Blob
    readonly onProgress: (part: number) => void
  },
): Promise<number> {
  const { id, material, version, file, onProgress } = of
  const path = `${id}/materials/${encodeURIComponent(material)}/file?version=${version}`
  return new Promise((done, fail) => {
    // `fetch` does not say how much was sent.
    const request = new XMLHttpRequest()
    request.open('POST', `${access.apiOrigin}/api/my/cases/${path}`)
    request.setRequestHeader('Authorization', `Bearer ${access.bearer}`)
    request.setRequestHeader('Content-Type', file.type)
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total)
    request.onerror = () => fail(fault('network/unreachable'))
    request.onabort = () => fail(fault('network/unreachable'))
    request.onload = () => {
      try {
        const body: JsonObject = request.response ?? {}
        done(countIn(taken({ status: request.status, body })['version']))
      } catch (error) {
        fail(error)
      }
    }
    request.send(file)
  })
}

async function askGuides(
  { apiOrigin, http }: GuideAccess,
  path: string,
  content?: JsonObject,
): Promise<JsonObject> {
  return taken(await ask(http, `${apiOrigin}/guides${path}`, {}, content))
}

async function askMine(
  { apiOrigin, http, bearer }: CaseAccess,
  path: string,
  content?: JsonObject,
): Promise<JsonObject> {
  const headers = { authorization: `Bearer ${bearer}` }
  return taken(await ask(http, `${apiOrigin}/api/my/cases${path}`, headers, content))
}

function ask(
  http: Http,
  url: string,
  headers: Texts,
  content: JsonObject | undefined,
): Promise<JsonAnswer> {
  const isPost = content !== undefined
  return fetchJson(http, {
    url,
    method: isPost ? 'POST' : 'GET',
    headers: {
      accept: 'application/json',
      ...headers,
      ...(isPost ? { 'content-type': 'application/json' } : {}),
    },
    ...(isPost ? { body: JSON.stringify(content) } : {}),
    maxBytes: MAX_ANSWER_BYTES,
    timeoutMs: TIMEOUT_MS,
  })
}

function taken({ status, body }: JsonAnswer): JsonObject {
  if (status === 200 || status === 201) return body
  throw fault(KNOWN_CODES.find((code) => code === body['code']) ?? 'network/refused')
}

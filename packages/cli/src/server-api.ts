/** A server's API, as a client with a key. */
import { readFile } from 'node:fs/promises'
import { ERROR_CODES, Fault, fault, isObject, type JsonObject, parseJson } from '@onetrip/codec'
import { MAX_PDF_BYTES, MAX_SEAL_FILE_BYTES } from '@onetrip/seal'
import { printable } from './printable.ts'
import { type CommandContext, UsageError } from './usage.ts'

const DEADLINE_MS = 120_000
const MAX_ANSWER_BYTES: number = MAX_PDF_BYTES + MAX_SEAL_FILE_BYTES
const MAX_JSON_BYTES = 16_777_216

/** Speaks to one server with one key. */
export interface ServerApi {
  /** JSON in, JSON out; without a body it reads. Throws the `Fault` of the server's problem. */
  readonly call: (path: string, body?: JsonObject) => Promise<JsonObject>
  /** What is answered as it is. Throws as `call`. */
  readonly bytes: (
    path: string,
    request: { readonly accept: string; readonly body?: JsonObject; readonly pdf?: Uint8Array },
  ) => Promise<Uint8Array>
}

/** Opens what is below `base`, such as `/api/seals`, by the options of a command. Throws `UsageError` for an address or a key that is none. */
export async function serverApi(
  context: Pick<CommandContext, 'environment'>,
  base: string,
  options: { readonly server: string; readonly 'key-file': string | undefined },
): Promise<ServerApi> {
  const origin = originOf(options.server)
  const key = await keyOf(context, options['key-file'])
  const ask = async (path: string, init: RequestInit): Promise<Uint8Array> => {
    const headers = { Authorization: `Bearer ${key}`, ...init.headers }
    const response = await fetch(new URL(base + path, origin), {
      ...init,
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(DEADLINE_MS),
    }).catch(() => {
      throw fault('network/unreachable')
    })
    const bytes = await bodyOf(response)
    if (!response.ok) throw problemIn(bytes)
    return bytes
  }
  const bytes: ServerApi['bytes'] = (path, { accept, body, pdf }) => {
    if (pdf !== undefined) {
      const headers = { Accept: accept, 'Content-Type': 'application/pdf' }
      return ask(path, { method: 'POST', headers, body: new Uint8Array(pdf) })
    }
    if (body === undefined) return ask(path, { headers: { Accept: accept } })
    const headers = { Accept: accept, 'Content-Type': 'application/json' }
    return ask(path, { method: 'POST', headers, body: JSON.stringify(body) })
  }
  return {
    bytes,
    call: async (path, body) => {
      const answer = await bytes(path, { accept: 'application/json', ...(body && { body }) })
      const json = parseJson(answer, { maxBytes: MAX_JSON_BYTES, maxItems: 1_000_000 })
      if (!isObject(json)) throw fault('network/not-json')
      return json
    },
  }
}

async function bodyOf(response: Response): Promise<Uint8Array> {
  const length = Number(response.headers.get('Content-Length') ?? 0)
  if (length > MAX_ANSWER_BYTES) {
    await response.body?.cancel()
    throw fault('network/too-large')
  }
  const body = await response.arrayBuffer().catch(() => {
    throw fault('network/unreachable')
  })
  return new Uint8Array(body)
}

/** The server's code, where it is one of ours. */
function problemIn(bytes: Uint8Array): Fault {
  try {
    const problem = parseJson(bytes)
    const code = isObject(problem) ? problem['code'] : undefined
    const known = ERROR_CODES.find((one) => one === code)
    if (known !== undefined) return fault(known)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
  return fault('network/server')
}

function originOf(server: string): string {
  const refusal = new UsageError('--server wants an http or https address')
  if (!URL.canParse(server)) throw refusal
  const { protocol, origin } = new URL(server)
  if (protocol !== 'https:' && protocol !== 'http:') throw refusal
  return origin
}

async function keyOf(
  { environment }: Pick<CommandContext, 'environment'>,
  file: string | undefined,
): Promise<string> {
  if (file === undefined) {
    const key = environment['ONETRIP_API_KEY']?.trim()
    if (!key) throw new UsageError('an API key is wanted: --key-file FILE or ONETRIP_API_KEY')
    return key
  }
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`cannot read ${printable(file)}`)
  })
  return text.trim()
}

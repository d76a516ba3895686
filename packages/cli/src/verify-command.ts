/** `onetrip verify`: one file, trust data and a time become a verdict and an exit code. */
import { open } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { Fault, isObject, type PublicKey, parseJson, publicKeyFromJwk } from '@onetrip/codec'
import type { Mode } from '@onetrip/credential'
import { openPack, type Trust } from '@onetrip/trust'
import { verify } from '@onetrip/verifier'
import { describeVerdict } from './describe-verdict.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

/** One byte more than the verifier takes, so that longer input is refused by its own rule. */
const MAX_FILE_BYTES = 65_537
const MAX_TRUST_BYTES = 16 * 1024 * 1024
const MAX_ROOT_BYTES = 4096
const MODES: readonly Mode[] = ['requested', 'live', 'document', 'copy', 'paper']
/** First byte of a COSE_Sign1 (tag 18, RFC 9052 §2). */
const COSE_SIGN1 = 0xd2
/** Control characters that no text file holds: bytes with one of them are not text. */
const CONTROLS = /[\p{Cc}--[\t\r\n]]/v
const UTC_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/
const UNIX_TIME = /^\d{1,12}$/

/** Prints the verdict on FILE; resolves to the exit code of its outcome. */
export async function runVerify(context: CommandContext): Promise<number> {
  const { file, values } = readArguments(context.args)
  const trust = await loadTrust(
    values.trust,
    values.root ?? context.environment['ONETRIP_ROOT_JWK'],
  )
  const verdict = await verify(asInput(await readLimited(file, MAX_FILE_BYTES)), {
    trust,
    now: values.at === undefined ? context.now() : parseTime(values.at),
    office: values.office,
    accept: values.accept === undefined ? MODES : parseModes(values.accept),
  })
  context.print(values.json ? JSON.stringify(verdict, null, 2) : describeVerdict(verdict))
  return EXIT[verdict.outcome]
}

interface Arguments {
  readonly file: string
  readonly values: {
    readonly trust: string
    readonly office: string
    readonly root: string | undefined
    readonly accept: string | undefined
    readonly at: string | undefined
    readonly json: boolean
  }
}

function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parseOrRefuse(args)
  const { trust, office, root, accept, at, json = false } = values
  const [file] = positionals
  if (file === undefined || positionals.length > 1) throw new UsageError('name one FILE')
  if (!trust) throw new UsageError('--trust FILE is missing')
  if (!office) throw new UsageError('--office ID is missing')
  return { file, values: { trust, office, root, accept, at, json } }
}

function parseOrRefuse(args: readonly string[]): {
  readonly values: Partial<Record<'trust' | 'office' | 'root' | 'accept' | 'at', string>> & {
    readonly json?: boolean
  }
  readonly positionals: readonly string[]
} {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        trust: { type: 'string' },
        office: { type: 'string' },
        root: { type: 'string' },
        accept: { type: 'string' },
        at: { type: 'string' },
        json: { type: 'boolean' },
      },
    })
  } catch {
    throw new UsageError('unknown option, or an option without its value')
  }
}

async function loadTrust(trustFile: string, rootFile: string | undefined): Promise<Trust> {
  if (!rootFile) throw new UsageError('no root key: give --root FILE, or set ONETRIP_ROOT_JWK')
  const root = await loadRoot(rootFile)
  const bytes = await readLimited(trustFile, MAX_TRUST_BYTES)
  try {
    return await openPack({ bytes, root })
  } catch (error) {
    if (error instanceof Fault)
      throw new UsageError(`the trust data cannot be used (${error.code})`)
    throw error
  }
}

async function loadRoot(file: string): Promise<PublicKey> {
  const bytes = await readLimited(file, MAX_ROOT_BYTES)
  try {
    const jwk = parseJson(bytes)
    if (isObject(jwk)) return publicKeyFromJwk(jwk)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
  throw new UsageError('the root key is not a public JWK')
}

/** Reads at most `maxBytes`; what is longer is cut there and left to the verifier's limits. */
async function readLimited(file: string, maxBytes: number): Promise<Uint8Array> {
  const handle = await open(file, 'r').catch(() => {
    throw new UsageError(`cannot read ${file}`)
  })
  try {
    const buffer = new Uint8Array(maxBytes)
    let length = 0
    for (;;) {
      const { bytesRead } = await handle.read(buffer, length, maxBytes - length)
      if (bytesRead === 0) return buffer.slice(0, length)
      length += bytesRead
    }
  } catch {
    throw new UsageError(`cannot read ${file}`)
  } finally {
    await handle.close()
  }
}

/** Text loses the one line end that editors add; all else stays bytes. */
function asInput(bytes: Uint8Array): Uint8Array | string {
  if (bytes[0] === COSE_SIGN1) return bytes
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return CONTROLS.test(text) ? bytes : text.replace(/\r?\n$/, '')
  } catch {
    return bytes
  }
}

function parseTime(text: string): number {
  if (UNIX_TIME.test(text)) return Number(text)
  const time = UTC_TIME.test(text) ? Date.parse(text) : Number.NaN
  // Date.parse takes 30 February for 2 March, and 24:00 for the next day.
  const isReal = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text.slice(0, 19))
  if (!isReal) throw new UsageError('--at wants a time like 2026-03-01T09:10:00Z')
  return Math.floor(time / 1000)
}

function parseModes(text: string): readonly Mode[] {
  const modes = text.split(',').map((word) => MODES.find((mode) => mode === word))
  return modes.map((mode) => {
    if (mode === undefined) throw new UsageError(`--accept wants some of ${MODES.join(',')}`)
    return mode
  })
}

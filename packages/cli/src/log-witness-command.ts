/** `onetrip log witness`: a witness of logs, with key and database of its own. */
import { once } from 'node:events'
import { samePublicKey, utf8Decode } from '@onetrip/codec'
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from '@onetrip/log'
import { MAX_KEY_FILE_BYTES, openKeyFile, openWitnessState, startWitness } from '@onetrip/server'
import { passphraseFor } from './ceremony/passphrase.ts'
import { readArguments } from './command-spec.ts'
import { witnessKey } from './log/witness-key.ts'
import { printable } from './printable.ts'
import { readLimited } from './read-limited.ts'
import { logWitnessSpec } from './specs/log.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'
import { utc } from './utc.ts'

const DEFAULT_PORT = '8790'
const MAX_LOGS_BYTES = 1_048_576

/** Answers until SIGINT or SIGTERM. Throws `UsageError`, and `key/format` or `key/passcode` for its key file. */
export async function runLogWitness(context: CommandContext): Promise<number> {
  const { values } = readArguments(logWitnessSpec, context.args)
  const logs = parseLogs(await readLimited(values.logs, MAX_LOGS_BYTES), values.logs)
  const port = parsePort(values.port ?? DEFAULT_PORT)
  const host = values.host ?? '127.0.0.1'
  const keyBytes = await readLimited(values.key, MAX_KEY_FILE_BYTES + 1)
  const signer = openKeyFile(keyBytes, await passphraseFor(context, { isNew: false }))
  const key = witnessKey(values.name, signer.publicKey)
  if (logs.some(({ publicKey }) => samePublicKey(publicKey, signer.publicKey))) {
    throw new UsageError('this is the key of a log')
  }
  const state = openWitnessState(values.state)
  const running = await startWitness(
    { logs, signer: { name: key.name, signer }, state, now: context.now },
    {
      ...{ host, port },
      onReply: ({ status, body, origin }) => {
        // Of logs that it does not follow anybody may send as many as they like.
        if (origin === undefined) return
        const words = status === 200 ? 'cosigned' : body.trim()
        context.print(printable(`${utc(context.now())} ${origin} ${status} ${words}`))
      },
    },
  )
  context.print(`${formatVerifierKey(key)}\nhttp://${host}:${running.port}`)
  if (!context.stopped.aborted) await once(context.stopped, 'abort')
  await running.close()
  return EXIT.valid
}

/** Keys in lines; empty ones and those that begin with # say nothing. */
function parseLogs(bytes: Uint8Array, file: string): readonly VerifierKey[] {
  const refusal = new UsageError(`${printable(file)} holds no keys of logs, each of another name`)
  try {
    const lines = utf8Decode(bytes).split(/\r?\n/)
    const logs = lines.filter((line) => !/^(#|$)/.test(line)).map(parseVerifierKey)
    const isLogs = logs.length > 0 && logs.every(({ kind }) => kind === 'note')
    if (isLogs && new Set(logs.map(({ name }) => name)).size === logs.length) return logs
  } catch {}
  throw refusal
}

function parsePort(text: string): number {
  if (!/^[0-9]{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new UsageError('--port wants a port number')
  }
  return Number(text)
}

/** Asking for a secret at a terminal: what is typed is not shown, and never part of the command line. */
import type { ReadStream, WriteStream } from 'node:tty'
import { UsageError } from './usage.ts'

const END = new Set(['\r', '\n', '\u0004'])
const ERASE = new Set(['\b', '\u007f'])
const INTERRUPT = '\u0003'

/** Reads one line. Throws `UsageError` without a terminal; Ctrl-C ends the process as elsewhere. */
export async function readSecret(
  prompt: string,
  terminal: { readonly input: ReadStream; readonly output: WriteStream },
): Promise<string> {
  const { input, output } = terminal
  if (!input.isTTY) throw new UsageError('set ONETRIP_KEY_PASSPHRASE_FILE, or use a terminal')
  output.write(`${prompt}: `)
  input.setRawMode(true)
  input.setEncoding('utf8')
  input.resume()
  try {
    return await typedLine(input)
  } finally {
    input.setRawMode(false)
    input.pause()
    output.write('\n')
  }
}

function typedLine(input: ReadStream): Promise<string> {
  return new Promise((resolve) => {
    let typed: readonly string[] = []
    const take = (chunk: string): void => {
      for (const sign of chunk) {
        if (sign === INTERRUPT) process.kill(process.pid, 'SIGINT')
        if (END.has(sign)) {
          input.off('data', take)
          resolve(typed.join(''))
          return
        }
        typed = ERASE.has(sign) ? typed.slice(0, -1) : [...typed, sign]
      }
    }
    input.on('data', take)
  })
}

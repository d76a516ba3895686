/** Reads files and standard input up to a limit: endless input is cut, and left to the limits of who reads it. */
import { open } from 'node:fs/promises'
import { concatBytes } from '@onetrip/codec'
import { printable } from './printable.ts'
import { type CommandContext, UsageError } from './usage.ts'

/** The name of standard input. */
export const STANDARD_INPUT = '-'

/** Reads at most `maxBytes` of a file, or of standard input when it is named `-`. Throws `UsageError`. */
export function readFileOrInput(
  context: Pick<CommandContext, 'readInput'>,
  file: string,
  maxBytes: number,
): Promise<Uint8Array> {
  return file === STANDARD_INPUT ? context.readInput(maxBytes) : readLimited(file, maxBytes)
}

/** Reads at most `maxBytes` of a file. Throws `UsageError` when it cannot be read. */
export async function readLimited(file: string, maxBytes: number): Promise<Uint8Array> {
  const refusal = new UsageError(`cannot read ${printable(file)}`)
  const handle = await open(file, 'r').catch(() => {
    throw refusal
  })
  try {
    const { size } = await handle.stat()
    // A pipe or a device says 0 and may hold more.
    let buffer: Uint8Array<ArrayBuffer> = new Uint8Array(Math.min(maxBytes, size || maxBytes))
    let length = 0
    for (;;) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length)
      length += bytesRead
      if (bytesRead === 0 && length < buffer.length) return buffer.slice(0, length)
      if (length < buffer.length) continue
      if (length === maxBytes) return buffer
      const grown = new Uint8Array(Math.min(maxBytes, 2 * length))
      grown.set(buffer)
      buffer = grown
    }
  } catch {
    throw refusal
  } finally {
    await handle.close()
  }
}

/** Reads at most `maxBytes` of a stream and leaves the rest. */
export async function readStream(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream) {
    chunks.push(new Uint8Array(chunk))
    length += chunk.length
    if (length >= maxBytes) break
  }
  return concatBytes(...chunks).subarray(0, maxBytes)
}

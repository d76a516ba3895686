/** A pack in a file, of which only what is asked for is read. */
import { open } from 'node:fs/promises'
import type { PackSource } from '@onetrip/trust'
import { printable } from '../printable.ts'
import { UsageError } from '../usage.ts'

/** Opens a pack's file for the time of `work`. Throws `UsageError` when it cannot be read. */
export async function withPackFile<Result>(
  file: string,
  work: (source: PackSource) => Promise<Result>,
): Promise<Result> {
  const refusal = new UsageError(`cannot read ${printable(file)}`)
  const handle = await open(file, 'r').catch(() => {
    throw refusal
  })
  try {
    const found = await handle.stat()
    if (!found.isFile()) throw refusal
    return await work({
      size: found.size,
      read: async (start, end) => {
        const bytes = new Uint8Array(end - start)
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, start)
        return bytes.subarray(0, bytesRead)
      },
    })
  } finally {
    await handle.close()
  }
}

/** The log of a server that runs, by its address. */
import { Fault, utf8Decode } from '@onetrip/codec'
import { parseVerifierKey, type VerifierKey } from '@onetrip/log'
import { logFetcher } from './fetch-log.ts'

/** Its key as `/log/vkey` tells it; undefined where nobody answers with one. */
export async function runningLogKey(server: string): Promise<VerifierKey | undefined> {
  try {
    return parseVerifierKey(utf8Decode(await logFetcher(server)('vkey')).trim())
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

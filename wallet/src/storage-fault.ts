/** Failures of the browser's storage as `storage/*` codes. */
import { type ErrorCode, Fault, fault } from '@onetrip/codec'

/** Names of DOM exceptions (Indexed Database API 3.0 §3) that tell more than "it does not work". */
const CODES: Readonly<Record<string, ErrorCode>> = {
  QuotaExceededError: 'storage/quota',
  VersionError: 'storage/newer',
  // What Chromium says of files that it cannot read, and of boxes that are not there.
  UnknownError: 'storage/corrupt',
  NotFoundError: 'storage/corrupt',
  NotReadableError: 'storage/corrupt',
  DataError: 'storage/corrupt',
}

/**
 * Does storage work; what the browser refuses is `storage/quota`, `storage/newer` (laid out by a newer
 * wallet), `storage/corrupt` or `storage/unavailable`.
 */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof Fault ? error : storageFault(error)
  }
}

function storageFault(error: unknown): Fault {
  const name = error instanceof DOMException ? error.name : ''
  return fault(CODES[name] ?? 'storage/unavailable')
}

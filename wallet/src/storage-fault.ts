/** Failures of the browser's storage as `storage/*` codes. */
import { Fault, fault } from '@onetrip/codec'

/** Does storage work; what the browser refuses is `storage/quota` or `storage/unavailable`. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof Fault ? error : storageFault(error)
  }
}

function storageFault(error: unknown): Fault {
  const isQuota = error instanceof DOMException && error.name === 'QuotaExceededError'
  return fault(isQuota ? 'storage/quota' : 'storage/unavailable')
}

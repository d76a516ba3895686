/** The page's end of the derivation: a worker per passcode, so that nothing of it stays in memory. */
import { fault } from '@onetrip/codec'
import { trustedScriptUrl } from '@onetrip/ui'
import { KDF_WORKER_URL } from './kdf-worker-url.ts'
import type { Stretch } from './passcode-kdf.ts'

/** Stretches a passcode in the worker; `storage/unavailable` when the worker cannot start. */
export const stretch: Stretch = async (request) => {
  const worker = new Worker(trustedScriptUrl(KDF_WORKER_URL), { type: 'module' })
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Uint8Array>) => resolve(data)
      worker.onerror = () => reject(fault('storage/unavailable'))
      worker.postMessage(request)
    })
  } finally {
    worker.terminate()
  }
}

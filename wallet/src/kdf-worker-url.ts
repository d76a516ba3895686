/** Where the derivation's worker is; `main.tsx` names it to the Trusted Types policy at the start. */
import kdfWorkerUrl from './kdf-worker.ts?worker&url'

/** The module worker that stretches passcodes. */
export const KDF_WORKER_URL: string = kdfWorkerUrl

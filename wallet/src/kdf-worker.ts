/** The derivation's module worker: one passcode in, 32 bytes out, then it ends and its memory with it. */
import { type StretchRequest, stretchNow } from './passcode-kdf.ts'

interface WorkerScope {
  onmessage: ((event: MessageEvent<StretchRequest>) => void) | null
  postMessage(answer: Uint8Array): void
}

const scope: WorkerScope = globalThis

scope.onmessage = ({ data }) => scope.postMessage(stretchNow(data))

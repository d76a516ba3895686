/** Windows of one counter tell each other that there was a scan, or that the list was erased; the contents stay stored. */

/** What another window did. */
export type ScansChange = 'scanned' | 'erased'

const CHANNEL = 'onetrip-counter-scans'
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL)

/** Tells the other windows. */
export function tellScansChanged(what: ScansChange): void {
  channel?.postMessage(what)
}

/** Calls back whenever another window tells. */
export function onScansChanged(listener: (what: ScansChange) => void): void {
  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    listener(data === 'erased' ? 'erased' : 'scanned')
  })
}

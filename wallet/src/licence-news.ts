/** Windows of one wallet tell each other that licences came, changed or went; the contents stay stored. */
const CHANNEL = 'onetrip-wallet-licences'
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL)

/** Tells the other windows. */
export function tellLicencesChanged(): void {
  channel?.postMessage('changed')
}

/** Calls back whenever another window tells. */
export function onLicencesChanged(listener: () => void): void {
  channel?.addEventListener('message', listener)
}

/** Windows of one wallet tell each other that licences or history changed; the contents stay stored. */
const CHANNEL = 'onetrip-wallet-licences'
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL)

/** Tells the other windows. */
export function tellWalletChanged(): void {
  channel?.postMessage('changed')
}

/** Calls back whenever another window tells; the result ends it. */
export function onWalletChanged(listener: () => void): () => void {
  channel?.addEventListener('message', listener)
  return () => channel?.removeEventListener('message', listener)
}

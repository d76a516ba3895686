/** What an office's code brought to the wallet, on the way from the scanner to its screen. A request lives five minutes: it is not kept. */
import type { CodeInput } from '@onetrip/ui'
import { type Signal, signal } from '@preact/signals'
import { goTo } from '../wallet-state.ts'

/** The request on the screen. */
export const askedRequest: Signal<CodeInput | undefined> = signal(undefined)
/** A receipt that was scanned, not looked at yet. */
export const scannedReceipt: Signal<CodeInput | undefined> = signal(undefined)

/** Opens a request. */
export function showRequest(input: CodeInput): void {
  askedRequest.value = input
  goTo({ screen: 'request' })
}

/** Takes a receipt to its screen. */
export function showReceipt(input: CodeInput): void {
  scannedReceipt.value = input
  goTo({ screen: 'receipt' })
}

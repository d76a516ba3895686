/** What a scanned code of delegation brought to the wallet, on the way to its screen. */
import { decodeCodeText, Fault } from '@onetrip/codec'
import { isDelegateCode, parsePresentation } from '@onetrip/credential'
import type { CodeInput } from '@onetrip/ui'
import { type Signal, signal } from '@preact/signals'
import { goTo } from '../wallet-state.ts'

/** The code of a delegate's key: whom the holder is about to let answer. */
export const scannedDelegate: Signal<string | undefined> = signal(undefined)
/** A delegation that somebody gave to the holder, not looked at yet. */
export const scannedDelegation: Signal<CodeInput | undefined> = signal(undefined)

/** Whether something that was scanned is about delegating. */
export function isAboutDelegates(input: CodeInput): boolean {
  return (typeof input === 'string' && isDelegateCode(input)) || isDelegation(input)
}

/** Opens the screen for it. */
export function showDelegates(input: CodeInput): void {
  if (typeof input === 'string' && isDelegateCode(input)) {
    scannedDelegate.value = input
    goTo({ screen: 'delegate' })
    return
  }
  scannedDelegation.value = input
  goTo({ screen: 'entrusted' })
}

function isDelegation(input: CodeInput): boolean {
  try {
    const bytes = typeof input === 'string' ? decodeCodeText(input) : input
    return parsePresentation(bytes).keyBinding?.mode === 'delegate'
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}

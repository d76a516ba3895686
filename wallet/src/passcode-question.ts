/** Asks for the passcode that wraps holder keys; only in browsers that cannot store CryptoKeys. */
import { fault } from '@onetrip/codec'
import { type Signal, signal } from '@preact/signals'

/** The same act (receiving makes and uses two keys) asks once. */
const REMEMBER_MS = 60_000

/** A passcode that is asked for, and where the answer goes. */
export interface PasscodeQuestion {
  readonly why: 'create' | 'use'
  readonly answer: (passcode: string) => void
  readonly decline: () => void
}

/** The question on the screen; the dialog shows it. */
export const question: Signal<PasscodeQuestion | undefined> = signal(undefined)
let remembered: { readonly passcode: string; readonly until: number } | undefined

/** Asks for the passcode; rejects with `key/passcode` when the holder declines. */
export async function askPasscode(why: 'create' | 'use'): Promise<string> {
  if (why === 'use' && remembered !== undefined && remembered.until > Date.now()) {
    return remembered.passcode
  }
  try {
    const passcode = await new Promise<string>((answer, reject) => {
      question.value = { why, answer, decline: () => reject(fault('key/passcode')) }
    })
    remembered = { passcode, until: Date.now() + REMEMBER_MS }
    return passcode
  } finally {
    question.value = undefined
  }
}

/** Forgets the passcode at once, after it proved wrong or the wallet went to the background. */
export function forgetPasscode(): void {
  remembered = undefined
}

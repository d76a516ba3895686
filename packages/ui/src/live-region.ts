/** One polite live region per page; AppShell renders it, anyone may speak through it. */

import { type ReadonlySignal, signal } from '@preact/signals'

const current = signal('')

/** What the live region says now. */
export const announcement: ReadonlySignal<string> = current

/** Has screen readers read `text` when they are next idle. */
export function announce(text: string): void {
  current.value = text
}

/** What somebody typed and did not send: it outlives a conflict, a new authentication and a reload, in this tab only. */

import { useState } from 'preact/hooks'

const PREFIX = 'onetrip.console.draft.'

/** A text that is kept under `name` until it is emptied. */
export function useDraft(name: string): readonly [string, (text: string) => void] {
  const [, setCount] = useState(0)
  const text = sessionStorage.getItem(PREFIX + name) ?? ''
  return [
    text,
    (next) => {
      if (next === '') sessionStorage.removeItem(PREFIX + name)
      else sessionStorage.setItem(PREFIX + name, next)
      setCount((count) => count + 1)
    },
  ]
}

/** Forgets all of them: whoever comes next is somebody else. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
  }
}

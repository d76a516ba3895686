/** The place of the read-aloud button: it loads where the browser can speak at all. */

import type { ComponentType, VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { ReadAloudProps } from './read-aloud.tsx'

/** The button, or nothing. */
export function ReadAloudButton(props: ReadAloudProps): VNode | null {
  const [Loaded, setLoaded] = useState<ComponentType<ReadAloudProps>>()
  useEffect(() => {
    if (!('speechSynthesis' in window)) return
    import('./read-aloud.tsx').then(
      ({ ReadAloud }) => setLoaded(() => ReadAloud),
      // Offline before it was ever loaded: the page is there to be read all the same.
      () => undefined,
    )
  }, [])
  return Loaded === undefined ? null : <Loaded {...props} />
}

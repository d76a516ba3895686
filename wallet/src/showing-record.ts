/** Writes each showing into the history, once a code really stood on the screen. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { HeldLicence } from './held-licence.ts'
import { type HistoryEntry, historyEntry } from './history-entry.ts'
import type { LicenceContent } from './licence-content.ts'
import type { LiveCode } from './live-code.ts'
import { tellWalletChanged } from './wallet-news.ts'
import { now, walletStore } from './wallet-state.ts'

interface Showing {
  readonly id: string
  readonly at: number
  /** Everything disclosed since the screen was opened. */
  readonly disclosed: Set<string>
}

/** Records what the live codes of one visit to the show screen disclosed, as one entry; says when it could not. */
export function useShowingRecord(options: {
  readonly licence: HeldLicence
  readonly content: LicenceContent
  readonly code: LiveCode
}): { readonly isMissing: boolean } {
  const { licence, content, code } = options
  const [isMissing, setMissing] = useState(false)
  const showing = useRef<Showing | undefined>(undefined)
  const shown = code.phase === 'shown' ? code.disclosed.toSorted().join(' ') : undefined
  useEffect(() => {
    if (code.phase !== 'shown') {
      return
    }
    showing.current ??= { id: crypto.randomUUID(), at: now(), disclosed: new Set() }
    const { id, at, disclosed } = showing.current
    for (const name of code.disclosed) {
      disclosed.add(name)
    }
    void recordEntry(historyEntry({ id, at, licence, content, disclosed })).then((isStored) =>
      setMissing(!isStored),
    )
  }, [shown])
  return { isMissing }
}

/** Stores an entry; a full disk must not keep anyone from showing a licence. False when it was not stored. */
export async function recordEntry(entry: HistoryEntry): Promise<boolean> {
  try {
    await walletStore().saveEntry(entry)
    tellWalletChanged()
    return true
  } catch {
    return false
  }
}

/** Finding one licence among many. */
import { announce, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { searchedLicences } from '../search-licences.ts'
import { licences } from '../wallet-state.ts'
import { wl } from '../words-licence.ts'

/** Properties of {@link LicenceSearch}. */
export interface LicenceSearchProps {
  /** Takes the ids that were found; undefined when nothing is looked for. */
  readonly onFound: (ids: ReadonlySet<string> | undefined) => void
}

/** The search field above the cards. */
export function LicenceSearch({ onFound }: LicenceSearchProps): VNode {
  const [search, setSearch] = useState('')
  const [count, setCount] = useState<number | undefined>(undefined)
  const look = (text: string): void => {
    setSearch(text)
    if (text.trim() === '') {
      setCount(undefined)
      onFound(undefined)
      return
    }
    const ids = new Set(searchedLicences(licences.value, text).map(({ id }) => id))
    setCount(ids.size)
    announce(wl('home.found', { count: ids.size }))
    onFound(ids)
  }
  return (
    <div class="stack">
      <TextField
        label={wl('home.search')}
        hint={wl('home.search.hint')}
        name="search"
        value={search}
        onInput={look}
        testId="licence-search"
      />
      {count === undefined ? null : (
        <p class="hint" data-testid="licences-found">
          {wl('home.found', { count })}
        </p>
      )}
    </div>
  )
}

/** The licences as cards: by holder when there are several, with a search when there are many. */
import { Data, lazyScreen, withNodes } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { HeldLicence } from '../held-licence.ts'
import { holderGroups } from '../holder-groups.ts'
import { licences } from '../wallet-state.ts'
import { w } from '../words.ts'
import { HomeCard } from './home-card.tsx'

/** From this many licences on, looking through them takes longer than typing a word. */
const SEARCH_FROM = 6

const LicenceSearch = lazyScreen(async () => (await import('./licence-search.tsx')).LicenceSearch)

/** The list; the most used licence is its first. */
export function LicenceList(): VNode {
  const all = licences.value
  const [found, setFound] = useState<ReadonlySet<string> | undefined>(undefined)
  const hasSearch = all.length >= SEARCH_FROM
  const shown =
    hasSearch && found !== undefined ? all.filter((licence) => found.has(licence.id)) : all
  return (
    <>
      {hasSearch ? <LicenceSearch onFound={setFound} /> : null}
      <Groups all={all} found={shown} />
    </>
  )
}

interface GroupsProps {
  readonly all: readonly HeldLicence[]
  readonly found: readonly HeldLicence[]
}

function Groups({ all, found }: GroupsProps): VNode {
  if (holderGroups(all).length < 2) {
    return <Cards licences={found} headingLevel={2} />
  }
  return (
    <>
      {holderGroups(found).map((group) => (
        <section key={group.holder} class="holder" data-testid="holder-group">
          <h2 class="holder-name">
            {withNodes(w('home.holder'), {
              holder: <Data pictures={group.pictures}>{group.holder}</Data>,
            })}
          </h2>
          <Cards licences={group.licences} headingLevel={3} />
        </section>
      ))}
    </>
  )
}

interface CardsProps {
  readonly licences: readonly HeldLicence[]
  readonly headingLevel: 2 | 3
}

function Cards({ licences: shown, headingLevel }: CardsProps): VNode {
  return (
    <ul class="cards">
      {shown.map((licence) => (
        <li key={licence.id}>
          <HomeCard licence={licence} headingLevel={headingLevel} />
        </li>
      ))}
    </ul>
  )
}

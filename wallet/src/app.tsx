/** The wallet's screens by place; focus goes to the page when the place changes. */
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { PasscodePrompt } from './passcode-prompt.tsx'
import type { Route } from './routes.ts'
import { AddScreen } from './screens/add.tsx'
import { CopyScreen } from './screens/copy.tsx'
import { DetailsScreen } from './screens/details.tsx'
import { HomeScreen } from './screens/home.tsx'
import { OfferScreen } from './screens/offer.tsx'
import { SettingsScreen } from './screens/settings.tsx'
import { SheetScreen } from './screens/sheet.tsx'
import { ShowScreen } from './screens/show.tsx'
import { route } from './wallet-state.ts'

/** The whole page. */
export function App(): VNode {
  const place = route.value
  const first = useRef(true)
  const key = JSON.stringify(place)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    scrollTo(0, 0)
    document.getElementById('main')?.focus({ preventScroll: true })
  }, [key])
  return (
    <>
      <Screen key={key} place={place} />
      <PasscodePrompt />
    </>
  )
}

function Screen({ place }: { readonly place: Route }): VNode {
  switch (place.screen) {
    case 'home':
      return <HomeScreen />
    case 'add':
      return <AddScreen />
    case 'offer':
      return <OfferScreen />
    case 'settings':
      return <SettingsScreen />
    case 'details':
      return <DetailsScreen id={place.id} />
    case 'show':
      return <ShowScreen id={place.id} />
    case 'copy':
      return <CopyScreen id={place.id} />
    case 'sheet':
      return <SheetScreen id={place.id} copyId={place.copyId} />
  }
}

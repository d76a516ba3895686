/** The wallet's screens by place; focus goes to the page when the place changes. */
import { lazyScreen } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { kioskPlace, kioskSeconds } from './kiosk.ts'
import { question } from './passcode-question.ts'
import { hrefOf, type Route } from './routes.ts'
import { HomeScreen } from './screens/home.tsx'
import { licences, type Phase, phase, route } from './wallet-state.ts'

const AddScreen = lazyScreen(async () => (await import('./screens/add.tsx')).AddScreen)
const AgencyScreen = lazyScreen(async () => (await import('./screens/agency.tsx')).AgencyScreen)
const ApplyScreen = lazyScreen(async () => (await import('./screens/apply.tsx')).ApplyScreen)
const BackupScreen = lazyScreen(async () => (await import('./screens/backup.tsx')).BackupScreen)
const CaseScreen = lazyScreen(async () => (await import('./screens/case.tsx')).CaseScreen)
const CasesScreen = lazyScreen(async () => (await import('./screens/cases.tsx')).CasesScreen)
const CopyScreen = lazyScreen(async () => (await import('./screens/copy.tsx')).CopyScreen)
const DelegateScreen = lazyScreen(
  async () => (await import('./screens/delegate.tsx')).DelegateScreen,
)
const DelegateCodeScreen = lazyScreen(
  async () => (await import('./screens/delegate-code.tsx')).DelegateCodeScreen,
)
const DetailsScreen = lazyScreen(async () => (await import('./screens/details.tsx')).DetailsScreen)
const DocumentScreen = lazyScreen(async () => (await import('./documents.ts')).DocumentScreen)
const EntrustedScreen = lazyScreen(
  async () => (await import('./screens/entrusted.tsx')).EntrustedScreen,
)
const HelpScreen = lazyScreen(async () => (await import('./screens/help.tsx')).HelpScreen)
const HistoryScreen = lazyScreen(async () => (await import('./screens/history.tsx')).HistoryScreen)
const InstallScreen = lazyScreen(async () => (await import('./screens/install.tsx')).InstallScreen)
const KioskCodeScreen = lazyScreen(
  async () => (await import('./screens/kiosk-code.tsx')).KioskCodeScreen,
)
const LockScreen = lazyScreen(async () => (await import('./screens/lock.tsx')).LockScreen)
const LockSettingsScreen = lazyScreen(
  async () => (await import('./screens/lock-settings.tsx')).LockSettingsScreen,
)
const LostPhoneScreen = lazyScreen(
  async () => (await import('./screens/lost-phone.tsx')).LostPhoneScreen,
)
const OfferScreen = lazyScreen(async () => (await import('./screens/offer.tsx')).OfferScreen)
const OnlineRequestScreen = lazyScreen(
  async () => (await import('./screens/online-request.tsx')).OnlineRequestScreen,
)
const ReceiptScreen = lazyScreen(async () => (await import('./screens/receipt.tsx')).ReceiptScreen)
const RequestScreen = lazyScreen(async () => (await import('./screens/request.tsx')).RequestScreen)
const RestoreScreen = lazyScreen(async () => (await import('./screens/restore.tsx')).RestoreScreen)
const SettingsScreen = lazyScreen(
  async () => (await import('./screens/settings.tsx')).SettingsScreen,
)
const SheetScreen = lazyScreen(async () => (await import('./screens/sheet.tsx')).SheetScreen)
const ShowScreen = lazyScreen(async () => (await import('./screens/show.tsx')).ShowScreen)
const PasscodeDialog = lazyScreen(
  async () => (await import('./passcode-dialog.tsx')).PasscodeDialog,
)

/** Nothing of the wallet's contents stands in them. */
const OPEN: ReadonlySet<Route['screen']> = new Set(['help', 'install', 'kiosk-code', 'lost-phone'])
const TROUBLES: ReadonlySet<Phase> = new Set(['closed', 'newer', 'damaged', 'no-storage'])

/** The whole page. */
export function App(): VNode {
  const place = kioskPlace(route.value)
  const first = useRef(true)
  const isOpen = OPEN.has(place.screen)
  // A kiosk shows nothing that a wallet holds.
  const isLocked = phase.value === 'locked' && !isOpen && kioskSeconds === undefined
  // Without its storage every place would say that there is no licence.
  const isUsable = isOpen || kioskSeconds !== undefined || !TROUBLES.has(phase.value)
  const shown: Route = isUsable ? place : { screen: 'home' }
  const key = isLocked ? 'locked' : JSON.stringify(shown)
  useEffect(() => {
    if (first.current || isLocked) {
      first.current = false
      return
    }
    scrollTo(0, 0)
    return focusPage()
  }, [key])
  return (
    <>
      {isLocked ? <LockScreen /> : <Screen key={key} place={shown} />}
      {question.value === undefined ? null : <PasscodeDialog />}
    </>
  )
}

/** Focuses the page as soon as it is there; a screen may still be loading. */
function focusPage(): () => void {
  let frame = 0
  const look = (): void => {
    const main = document.getElementById('main')
    if (main === null) {
      frame = requestAnimationFrame(look)
      return
    }
    // A field that takes the focus for itself keeps it, whichever comes first.
    if (!main.contains(document.activeElement)) main.focus({ preventScroll: true })
  }
  look()
  return () => cancelAnimationFrame(frame)
}

/** Goes on to the licence used most; without any, home says how to receive one. */
function QuickShow(): VNode {
  const [first] = licences.value
  useEffect(() => {
    if (first !== undefined) {
      location.replace(hrefOf({ screen: 'show', id: first.id }))
    }
  }, [first])
  return <HomeScreen />
}

function Screen({ place }: { readonly place: Route }): VNode {
  switch (place.screen) {
    case 'home':
      return <HomeScreen />
    case 'quick':
      return <QuickShow />
    case 'add':
      return <AddScreen />
    case 'offer':
      return <OfferScreen />
    case 'request':
      return <RequestScreen />
    case 'online':
      return <OnlineRequestScreen />
    case 'receipt':
      return <ReceiptScreen />
    case 'agency':
      return <AgencyScreen />
    case 'cases':
      return <CasesScreen />
    case 'kiosk-code':
      return <KioskCodeScreen />
    case 'apply':
      return <ApplyScreen matter={place.id} />
    case 'case':
      return <CaseScreen id={place.id} />
    case 'delegate':
      return <DelegateScreen />
    case 'delegate-code':
      return <DelegateCodeScreen />
    case 'entrusted':
      return <EntrustedScreen />
    case 'history':
      return <HistoryScreen />
    case 'lock':
      return <LockSettingsScreen />
    case 'settings':
      return <SettingsScreen />
    case 'help':
      return <HelpScreen />
    case 'document':
      return <DocumentScreen />
    case 'install':
      return <InstallScreen />
    case 'backup':
      return <BackupScreen />
    case 'restore':
      return <RestoreScreen />
    case 'lost-phone':
      return <LostPhoneScreen />
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

/** The console: who is signed in, the places that their rights open, and the one they are at. */

import { AppShell, Button, EmptyScreen, lazyScreen, localised, Notice, Place } from '@onetrip/ui'
import type { VNode } from 'preact'
import { AnewDialog } from './anew-dialog.tsx'
import { faultWords } from './error-words.ts'
import { tc } from './messages.ts'
import { openPlaces, type PlaceName, placeAddress, whereabouts } from './places.ts'
import { chooseAgency, loadSession, type Me, session, signOut } from './session.ts'
import { goToSignIn, signInRefused } from './sign-in.ts'

const AccountScreen = lazyScreen(async () => (await import('./screens/account.tsx')).AccountScreen)
const BatchesScreen = lazyScreen(async () => (await import('./screens/batches.tsx')).BatchesScreen)
const BoardScreen = lazyScreen(async () => (await import('./screens/board.tsx')).BoardScreen)
const CasesScreen = lazyScreen(async () => (await import('./screens/cases.tsx')).CasesScreen)
const FeedbackScreen = lazyScreen(
  async () => (await import('./screens/feedback.tsx')).FeedbackScreen,
)
const LogScreen = lazyScreen(async () => (await import('./screens/log.tsx')).LogScreen)
const OrdersScreen = lazyScreen(async () => (await import('./screens/orders.tsx')).OrdersScreen)
const RegisterScreen = lazyScreen(
  async () => (await import('./screens/register.tsx')).RegisterScreen,
)
const SealsScreen = lazyScreen(async () => (await import('./screens/seals.tsx')).SealsScreen)
const StaffScreen = lazyScreen(async () => (await import('./screens/staff.tsx')).StaffScreen)
const TrustScreen = lazyScreen(async () => (await import('./screens/trust.tsx')).TrustScreen)

const IS_DEMONSTRATION = import.meta.env['VITE_ONETRIP_ENVIRONMENT'] === 'demo'

/** The whole console. */
export function ConsoleApp(): VNode {
  const at = session.value
  if (at.phase === 'in') return <SignedIn me={at.me} />
  return (
    <AppShell name={tc('name')} title={tc('sign-in.title')} demonstration={IS_DEMONSTRATION}>
      {at.phase === 'loading' ? <p class="hint loading">{tc('loading')}</p> : null}
      {at.phase === 'out' ? <SignIn /> : null}
      {at.phase === 'failed' ? (
        <EmptyScreen
          title={tc('failed.title')}
          sign="exclamation"
          action={
            <Button kind="primary" onPress={() => void loadSession()}>
              {tc('failed.again')}
            </Button>
          }
        >
          <p>{faultWords(at.code)}</p>
        </EmptyScreen>
      ) : null}
    </AppShell>
  )
}

function SignIn(): VNode {
  const refused = signInRefused.value
  return (
    <div class="sign-in" data-testid="sign-in-screen">
      {refused === undefined ? null : (
        <Notice tone="bad" live="alert" title={tc('sign-in.refused')} testId="sign-in-refused">
          {faultWords(refused)}
        </Notice>
      )}
      <h1>{tc('sign-in.title')}</h1>
      <p>{tc('sign-in.text')}</p>
      <div class="actions">
        <Button kind="primary" onPress={() => goToSignIn(false)} testId="sign-in">
          {tc('sign-in.go')}
        </Button>
      </div>
      <p class="hint">{tc('sign-in.hint')}</p>
    </div>
  )
}

function SignedIn({ me }: { readonly me: Me }): VNode {
  const open = openPlaces(me.rights)
  const { name, subject } = whereabouts.value
  const at = name ?? open[0]
  const title = at === undefined ? tc('nothing.title') : tc(`place.${at}`)
  return (
    <AppShell
      name={tc('name')}
      title={title}
      demonstration={IS_DEMONSTRATION}
      actions={<Person me={me} />}
      {...(open.length === 0 ? {} : { places: <Rail open={open} at={at} /> })}
    >
      <Screen key={`${me.agency} ${at} ${subject}`} me={me} at={at} subject={subject} open={open} />
      <AnewDialog />
    </AppShell>
  )
}

function Rail(props: {
  readonly open: readonly PlaceName[]
  readonly at: PlaceName | undefined
}): VNode {
  return (
    <>
      {props.open.map((name) => (
        <Place
          key={name}
          href={placeAddress(name)}
          current={props.at === name}
          testId={`place-${name}`}
        >
          {tc(`place.${name}`)}
        </Place>
      ))}
    </>
  )
}

function Screen(props: {
  readonly me: Me
  readonly at: PlaceName | undefined
  readonly subject: string | undefined
  readonly open: readonly PlaceName[]
}): VNode {
  const { me, at, subject, open } = props
  if (at === 'account') return <AccountScreen me={me} />
  if (me.agency === undefined && me.agencies.length > 1) return <ChooseAgency />
  if (at === undefined || !open.includes(at)) {
    return <EmptyScreen title={tc('nothing.title')}>{tc('nothing.text')}</EmptyScreen>
  }
  if (at === 'cases') return <CasesScreen me={me} subject={subject} />
  if (at === 'register') return <RegisterScreen me={me} subject={subject} />
  if (at === 'orders') return <OrdersScreen me={me} subject={subject} />
  if (at === 'batches') return <BatchesScreen me={me} subject={subject} />
  if (at === 'seals') return <SealsScreen me={me} subject={subject} />
  if (at === 'feedback') return <FeedbackScreen me={me} />
  if (at === 'board') return <BoardScreen />
  if (at === 'trust') return <TrustScreen me={me} />
  if (at === 'staff') return <StaffScreen me={me} />
  return <LogScreen />
}

function ChooseAgency(): VNode {
  return <EmptyScreen title={tc('agency.choose')}>{tc('agency.choose-text')}</EmptyScreen>
}

/** Who is signed in, for which organisation, and the way out. */
function Person({ me }: { readonly me: Me }): VNode {
  const [only] = me.agencies
  return (
    <>
      <span class="person" data-testid="person">
        <a class="link-alone" href={placeAddress('account')} data-testid="place-account">
          <bdi translate={false} lang="zh-CN">
            {me.name}
          </bdi>
        </a>
        {me.agencies.length === 1 && only !== undefined ? (
          <span class="hint">{localised(only.name)}</span>
        ) : null}
      </span>
      {me.agencies.length > 1 ? (
        <select
          class="control control-compact"
          aria-label={tc('agency.label')}
          data-testid="agency"
          value={me.agency ?? ''}
          onChange={(event) => void chooseAgency(event.currentTarget.value)}
        >
          <option value="">{tc('agency.choose')}</option>
          {me.agencies.map(({ id, name }) => (
            <option key={id} value={id}>
              {localised(name)}
            </option>
          ))}
        </select>
      ) : null}
      <Button kind="quiet" onPress={() => void signOut()} testId="sign-out">
        {tc('sign-out')}
      </Button>
    </>
  )
}

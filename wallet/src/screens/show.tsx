/** Showing a licence: white to the edge, the live code, and in words what it discloses. */
import { isFrameText } from '@onetrip/codec'
import {
  AppShell,
  Button,
  Data,
  formatValidity,
  holdWakeLock,
  localised,
  Notice,
  QrView,
  ReadAloudButton,
  Ring,
  Row,
  SignIcon,
} from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { disclosedClaims } from '../disclosure.ts'
import { explain } from '../error-words.ts'
import { type HeldLicence, isUnbound, shownAt } from '../held-licence.ts'
import { holderGroups } from '../holder-groups.ts'
import { type LicenceContent, licenceContent } from '../licence-content.ts'
import { LIVE_SECONDS, type LiveCode, useLiveCode } from '../live-code.ts'
import { ClaimChoices } from '../parts/claim-choices.tsx'
import { ClaimRows } from '../parts/claim-rows.tsx'
import { MissingLicence } from '../parts/missing-licence.tsx'
import { NoTrustData } from '../parts/no-trust-data.tsx'
import { ReceiptNotice } from '../parts/receipt-notice.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import { UnboundNotice } from '../parts/unbound-notice.tsx'
import { carriedReceipts } from '../receipts/held-receipts.ts'
import { useShowingRecord } from '../showing-record.ts'
import { stateNow } from '../state-now.ts'
import { changeLicence, goTo, licences, now, trust } from '../wallet-state.ts'
import { w } from '../words.ts'
import { wl } from '../words-licence.ts'

/** Properties of {@link ShowScreen}. */
export interface ShowScreenProps {
  readonly id: string
}

/** The show screen of one licence. */
export function ShowScreen({ id }: ShowScreenProps): VNode {
  const licence = licences.value.find((one) => one.id === id)
  if (licence === undefined) {
    return <MissingLicence />
  }
  const name = localised(licence.summary.typeName)
  const content = licenceContent(licence, trust.value)
  return (
    <AppShell name={w('app.name')} title={wl('show.title')} bare busy>
      <div class="show" data-testid="show-screen">
        <header class="show-head">
          <div class="show-what">
            <h1>{name}</h1>
            <WhoseLicence licence={licence} />
          </div>
          <Button
            onPress={() => goTo({ screen: 'home' })}
            label={wl('show.close')}
            testId="close-show"
          >
            {wl('show.close')}
          </Button>
        </header>
        {isUnbound(licence) ? (
          <UnboundNotice licence={licence} />
        ) : content === undefined ? (
          <NoTrustData />
        ) : (
          <Showing key={id} licence={licence} content={content} />
        )}
      </div>
    </AppShell>
  )
}

/** Whose licence it is, where several people's are kept; the code itself may keep the name back. */
function WhoseLicence({ licence }: { readonly licence: HeldLicence }): VNode | null {
  if (holderGroups(licences.value).length < 2) {
    return null
  }
  return (
    <p data-testid="show-holder">
      <Data pictures={licence.summary.holderPictures}>{licence.summary.holder}</Data>
    </p>
  )
}

interface ShowingProps {
  readonly licence: HeldLicence
  readonly content: LicenceContent
}

function Showing({ licence, content }: ShowingProps): VNode {
  const { type, choice, defaults } = content
  const [chosen, setChosen] = useState(defaults)
  const code = useLiveCode({ licence, type, chosen })
  const state = stateNow(licence)
  const { isMissing } = useShowingRecord({ licence, content, code })
  useEffect(holdWakeLock, [])
  useEffect(() => {
    // A count that cannot be stored keeps nobody from showing a licence.
    changeLicence(licence.id, (kept) => shownAt(kept, now())).catch(() => undefined)
  }, [])
  return (
    <>
      <CodePlace code={code} isLogged={carriedReceipts(licence.sdCwt).length > 0} />
      <div class="show-words">
        {type.receiptRequired && carriedReceipts(licence.sdCwt).length === 0 ? (
          <ReceiptNotice />
        ) : null}
        {isMissing ? (
          <p class="hint" role="status" data-testid="not-recorded">
            {wl('show.not-recorded')}
          </p>
        ) : null}
        {state.state === 'in-force' || state.state === 'checking' ? null : (
          <Notice tone="caution" title={wl('show.not-in-force')}>
            <StatusLine state={state} summary={licence.summary} />
          </Notice>
        )}
        <Disclosed licence={licence} content={content} chosen={chosen} />
        <div>
          <ReadAloudButton part=".disclosed" />
        </div>
        <ClaimChoices
          choice={choice}
          chosen={chosen}
          onChange={setChosen}
          title={wl('show.choose')}
          hint={wl('show.choose.hint')}
        />
      </div>
    </>
  )
}

function CodePlace({
  code,
  isLogged,
}: {
  readonly code: LiveCode
  readonly isLogged: boolean
}): VNode {
  if (code.phase === 'failed') {
    return (
      <div class="show-code">
        <Notice
          tone="bad"
          live="alert"
          testId="show-trouble"
          action={<Button onPress={code.retry}>{wl('common.retry')}</Button>}
        >
          {explain(code.code)}
        </Notice>
      </div>
    )
  }
  if (code.phase !== 'shown') {
    return (
      <div class="show-code show-waiting">
        <SignIcon sign="shield" />
        <p>{wl(code.phase === 'covered' ? 'show.covered' : 'show.signing')}</p>
      </div>
    )
  }
  return (
    <div class="show-code">
      <div class="show-qr" data-testid="qr" data-text={code.text}>
        <QrView text={code.text} errorCorrection="L" label={wl('show.qr')} testId="qr-drawing" />
      </div>
      <div class="show-time">
        <div data-testid="countdown" data-seconds={code.secondsLeft}>
          <Ring seconds={code.secondsLeft} total={LIVE_SECONDS} />
        </div>
        <p>
          {wl('show.qr')}
          <span class="hint">{wl(hintOf(code.text, isLogged))}</span>
        </p>
      </div>
    </div>
  )
}

/** What a code that moves is like, and why. */
function hintOf(text: string, isLogged: boolean): 'show.bright' | 'show.animated' | 'show.logged' {
  if (!isFrameText(text)) return 'show.bright'
  return isLogged ? 'show.logged' : 'show.animated'
}

interface DisclosedProps extends ShowingProps {
  readonly chosen: ReadonlySet<string>
}

function Disclosed({ licence, content, chosen }: DisclosedProps): VNode {
  const shown = new Set(disclosedClaims(content.choice, chosen).map(({ name }) => name))
  const { summary } = licence
  return (
    <section class="disclosed">
      <h2>{wl('show.disclosed')}</h2>
      <dl class="rows" data-testid="disclosed-list">
        <Row term={wl('details.number')}>
          <Data>{summary.number}</Data>
        </Row>
        <Row term={wl('details.validity')}>{formatValidity(summary)}</Row>
        <Row term={wl('details.issuer')}>
          <Data>{localised(summary.issuer)}</Data>
        </Row>
        <ClaimRows
          claims={content.claims.filter(({ name }) => shown.has(name))}
          pictures={content.pictures}
        />
      </dl>
    </section>
  )
}

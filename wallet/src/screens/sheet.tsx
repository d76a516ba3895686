/** One copy as a sheet of paper: on the screen, and on A4 with modules of whole dots. */
import { isFrameText } from '@onetrip/codec'
import { today } from '@onetrip/credential'
import {
  Button,
  Data,
  formatDay,
  formatMoment,
  formatValidity,
  localised,
  Notice,
  QrView,
  qrPath,
  Row,
  withNodes,
} from '@onetrip/ui'
import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { disclosedClaims } from '../disclosure.ts'
import type { CopyRecord, HeldLicence } from '../held-licence.ts'
import { licenceContent } from '../licence-content.ts'
import { BackLink } from '../parts/back-link.tsx'
import { ClaimRows } from '../parts/claim-rows.tsx'
import { MissingLicence } from '../parts/missing-licence.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { printedWidthMm } from '../print-size.ts'
import { licences, now, trust } from '../wallet-state.ts'
import { wl } from '../words-licence.ts'

/** Properties of {@link SheetScreen}. */
export interface SheetScreenProps {
  readonly id: string
  readonly copyId: string
}

/** The sheet of one copy. */
export function SheetScreen({ id, copyId }: SheetScreenProps): VNode {
  const licence = licences.value.find((one) => one.id === id)
  const copy = licence?.copies.find((one) => one.id === copyId)
  if (licence === undefined || copy === undefined) {
    return <MissingLicence />
  }
  const ended = copy.endDay < today(now())
  return (
    <WalletShell title={wl('copy.sheet.title')} busy>
      <div class="page sheet-page">
        <div class="no-print">
          <BackLink to={{ screen: 'details', id }}>{wl('back.details')}</BackLink>
        </div>
        {ended ? (
          <Notice tone="caution">{wl('copy.list.ended', { day: formatDay(copy.endDay) })}</Notice>
        ) : null}
        <Sheet licence={licence} copy={copy} />
        {isFrameText(copy.text) ? (
          <Notice tone="plain" testId="copy-unprintable">
            {wl('copy.print.animated')}
          </Notice>
        ) : (
          <div class="actions no-print">
            <p class="hint">{wl('copy.print.hint')}</p>
            <Button kind="primary" onPress={() => print()} testId="print-copy">
              {wl('copy.print')}
            </Button>
          </div>
        )}
      </div>
    </WalletShell>
  )
}

interface SheetProps {
  readonly licence: HeldLicence
  readonly copy: CopyRecord
}

function Sheet({ licence, copy }: SheetProps): VNode {
  const { summary } = licence
  const sheetWords = withNodes(wl('copy.sheet.notice'), {
    recipient: <Data>{copy.recipient.name}</Data>,
    purpose: <Data>{copy.purpose}</Data>,
    day: formatDay(copy.endDay),
  })
  return (
    <article class="sheet" data-testid="copy-sheet">
      <header>
        <p class="sheet-kind">{wl('copy.sheet.title')}</p>
        <h1>{localised(summary.typeName)}</h1>
      </header>
      <p class="sheet-notice">{sheetWords}</p>
      <div class="sheet-body">
        <dl class="rows" data-testid="disclosed-list">
          <Row term={wl('details.number')}>
            <Data>{summary.number}</Data>
          </Row>
          <Disclosed licence={licence} copy={copy} />
          <Row term={wl('details.issuer')}>
            <Data>{localised(summary.issuer)}</Data>
          </Row>
          <Row term={wl('details.validity')}>{formatValidity(summary)}</Row>
          {summary.identifier === undefined ? null : (
            <Row term={wl('copy.sheet.identifier')}>
              <span class="identifier">
                <Data>{summary.identifier}</Data>
              </span>
            </Row>
          )}
          <Row term={wl('copy.sheet.made')}>{formatMoment(copy.madeAt, 0)}</Row>
        </dl>
        <figure class="sheet-code">
          <div data-testid="qr" data-text={copy.text}>
            <CopyCode text={copy.text} />
          </div>
          <figcaption>
            <p class={isFrameText(copy.text) ? 'no-print' : undefined}>{wl('copy.sheet.scan')}</p>
            {isFrameText(copy.text) ? <p class="print-only">{wl('copy.sheet.animated')}</p> : null}
          </figcaption>
        </figure>
      </div>
    </article>
  )
}

/** On paper of its exact size; what moves has none. */
function CopyCode({ text }: Pick<CopyRecord, 'text'>): VNode {
  const widthMm = useMemo(
    () => (isFrameText(text) ? undefined : printedWidthMm(qrPath(text, 'M').side)),
    [text],
  )
  return (
    <QrView
      text={text}
      errorCorrection="M"
      label={wl('copy.sheet.code')}
      testId="qr-drawing"
      {...(widthMm === undefined ? {} : { widthMm })}
    />
  )
}

function Disclosed({ licence, copy }: SheetProps): VNode | null {
  const content = licenceContent(licence, trust.value)
  if (content === undefined) {
    return null
  }
  const shown = disclosedClaims(content.choice, new Set(copy.disclosed)).map(({ name }) => name)
  const claims = content.claims.filter(({ name }) => shown.includes(name))
  return <ClaimRows claims={claims} pictures={content.pictures} />
}

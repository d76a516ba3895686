/** The desk as HTML: no script, no inline style, every value escaped by `html`. zh-CN first, en beside it. */
import type { DisplayText } from '@onetrip/credential'
import type { SampleLicence } from '@onetrip/fixtures'
import { html } from 'hono/html'
import type { Config } from '../config.ts'
import { CONSOLE_PATH } from '../staff/staff-sign-in.ts'
import type { DeskCounter } from './desk-counters.ts'
import { countersSection } from './desk-counters-view.ts'
import type { DeskAgency, DeskLicence, DeskOfferState } from './desk-data.ts'
import type { DeskSeal, DeskUse } from './desk-seals.ts'
import { sealsSection } from './desk-seals-view.ts'
import { layout, type Markup } from './page-layout.ts'
import { qrPath } from './qr-path.ts'

const TITLE = '发证窗口 · OneTrip demo desk'

/** What the first page shows. */
export interface DeskView {
  readonly config: Config
  readonly agencies: readonly DeskAgency[]
  readonly licences: readonly DeskLicence[]
  readonly counters: readonly DeskCounter[]
  readonly samples: readonly SampleLicence[]
  readonly seals: readonly DeskSeal[]
  readonly uses: readonly DeskUse[]
  /** Of which files, by digest, the desk has the bytes. */
  readonly atHand: (digest: string) => boolean
}

const STATUS_WORDS = {
  valid: { 'zh-CN': '有效', en: 'in force' },
  suspended: { 'zh-CN': '已暂停', en: 'suspended' },
  revoked: { 'zh-CN': '已吊销', en: 'revoked' },
} as const

/** Verifiers read it as revoked; the licence itself may stand. */
const WITHDRAWN_WORDS: DisplayText = { 'zh-CN': '手机上的已收回', en: 'withdrawn from phones' }

const OFFER_WORDS: Readonly<Record<DeskOfferState, DisplayText>> = {
  open: { 'zh-CN': '待领取', en: 'ready to receive' },
  redeemed: { 'zh-CN': '已领取', en: 'received' },
  locked: { 'zh-CN': '已锁定：口令错误过多', en: 'locked: too many wrong codes' },
  withdrawn: { 'zh-CN': '已撤回', en: 'withdrawn' },
  expired: { 'zh-CN': '已过期', en: 'expired' },
}

/** The desk's first page. */
export function deskPage(view: DeskView): Markup {
  const { config, agencies, licences } = view
  const open = licences.filter((licence) => licence.offer?.state === 'open')
  return layout(
    TITLE,
    html`<h1>发证窗口</h1>
      <p class="en" lang="en">OneTrip demo desk. Everybody and everything here is invented.</p>
      <p>
        这里扮演发证机关。先在证照夹里领取一张证照，再到核验窗口出示；断开网络后也能核验。
        <span class="en" lang="en"
          >This page plays the agencies. Receive a licence in the wallet, then show it at the counter,
          with or without a network.</span
        >
      </p>
      <nav class="places" aria-label="入口 Places">
        <a class="button main" href="${config.walletOrigin}/">打开证照夹 · Open the wallet</a>
        <a class="button" href="${config.counterOrigin}/">打开核验窗口 · Open the counter</a>
        <a class="button" href="${config.apiOrigin}${CONSOLE_PATH}">打开办件平台 · Open the console</a>
      </nav>
      <h2 id="offers">待领取的证照 <span class="en" lang="en">Offers</span></h2>
      ${
        open.length === 0
          ? html`<p>没有待领取的证照，请在下面签发。 <span class="en" lang="en">None: issue one below.</span></p>`
          : html`<div class="grid">${open.map(offerCard)}</div>`
      }
      <h2 id="issue">再签发一张 <span class="en" lang="en">Issue one more</span></h2>
      ${issueForm(view)}
      <h2 id="licences">已签发的证照 <span class="en" lang="en">Issued licences</span></h2>
      <div class="grid">${licences.toReversed().map(licenceCard)}</div>
      <h2 id="seals">印章 <span class="en" lang="en">Seals</span></h2>
      ${sealsSection({ ...view, counterOrigin: config.counterOrigin })}
      <h2 id="counters">核验窗口登记 <span class="en" lang="en">Enrol a counter</span></h2>
      ${countersSection(view.counters)}
      <h2 id="agencies">发证机关 <span class="en" lang="en">Agencies</span></h2>
      <div class="grid">${agencies.map(agencyCard)}</div>`,
  )
}

/** A printed code for someone without a phone. */
export function paperPage(text: string): Markup {
  const code = qrPath(text, 'M')
  return layout(
    TITLE,
    html`<h1>纸质证照码</h1>
      <p class="en" lang="en">Paper code: states the facts, proves no holder. Ask for identity.</p>
      <div class="card">
        ${qrImage(code, { title: '纸质证照码 Paper code', className: 'paper-code' })}
        <p class="wide">${text}</p>
      </div>
      <p><a class="button" href="/">返回 · Back</a></p>`,
  )
}

/** A page that says why something was refused. */
export function refusalPage(code: string): Markup {
  return layout(
    TITLE,
    html`<h1>没有办理</h1>
      <p>原因：<code>${code}</code> <span class="en" lang="en">Refused, nothing was changed.</span></p>
      <p><a class="button" href="/">返回 · Back</a></p>`,
  )
}

function offerCard(licence: DeskLicence): Markup {
  const { offer, type } = licence
  if (offer === undefined) return html``
  return html`<section class="card" id="offer-${offer.id}">
    <h3>${bilingual(type.name)}</h3>
    <p>
      <bdi>${licence.holder}</bdi>
      ${licence.reference === licence.holder ? '' : html`<span class="quiet">→ <bdi>${licence.reference}</bdi></span>`}
    </p>
    ${qrImage(qrPath(offer.uri, 'L'), { title: '领取码 Offer code', className: 'qr' })}
    <div>
      <p class="quiet">领取码 <span class="en" lang="en">receiving code</span></p>
      <p class="code" data-tx-code>${offer.txCode}</p>
    </div>
    <a class="button main" data-offer href="${offer.uri}">在证照夹中领取 · Receive</a>
  </section>`
}

function licenceCard(licence: DeskLicence): Markup {
  const words = STATUS_WORDS[licence.status]
  const path = `/desk/licences/${licence.id}`
  return html`<section class="card" id="licence-${licence.id}" data-licence="${licence.id}">
    <h3>${bilingual(licence.type.name)}</h3>
    <p><bdi>${licence.holder}</bdi></p>
    <p class="number">${licence.identifier}</p>
    <p class="state ${licence.status}">${bilingual(words)}</p>
    ${licence.isWithdrawn ? html`<p class="quiet">${bilingual(WITHDRAWN_WORDS)}</p>` : ''}
    ${licence.offer === undefined ? '' : html`<p class="quiet">${bilingual(OFFER_WORDS[licence.offer.state])}</p>`}
    ${licence.status === 'revoked' ? '' : actions(licence, path)}
  </section>`
}

function actions(licence: DeskLicence, path: string): Markup {
  const change = licence.status === 'valid' ? 'suspended' : 'valid'
  return html`<div class="row">
    <form method="post" action="${path}/status">
      <input type="hidden" name="status" value="${change}" />
      <button>${change === 'valid' ? '恢复 · Reinstate' : '暂停 · Suspend'}</button>
    </form>
    <form method="post" action="${path}/status">
      <input type="hidden" name="status" value="revoked" />
      <button class="stop">吊销 · Revoke</button>
    </form>
    ${
      licence.type.paper
        ? html`<form method="post" action="${path}/paper"><button>打印码 · Paper code</button></form>`
        : ''
    }
    <form method="post" action="${path}/offers"><button>再次发放 · Offer again</button></form>
  </div>`
}

function issueForm(view: DeskView): Markup {
  const names = new Map(
    view.agencies.flatMap((agency) => agency.types.map((type) => [type.typeCode, type.name])),
  )
  return html`<form class="card" method="post" action="/desk/issue">
    <label for="sample">证照与持有人 <span class="en" lang="en">Licence and holder</span></label>
    <div class="row">
      <select id="sample" name="sample">
        ${view.samples.map(
          (sample, index) =>
            html`<option value="${String(index)}">
              ${names.get(sample.typeCode)?.['zh-CN'] ?? ''} · ${sample.holder}
            </option>`,
        )}
      </select>
      <button class="main">签发 · Issue</button>
    </div>
  </form>`
}

function agencyCard(agency: DeskAgency): Markup {
  return html`<section class="card">
    <h3>${bilingual(agency.name)}</h3>
    <p class="number">${agency.id}</p>
    <p>${agency.types.map((type) => type.name['zh-CN']).join('、')}</p>
  </section>`
}

function bilingual(text: DisplayText): Markup {
  return html`${text['zh-CN']} <span class="en" lang="en">${text.en}</span>`
}

function qrImage(
  code: { readonly side: number; readonly path: string },
  view: { readonly title: string; readonly className: string },
): Markup {
  return html`<svg
    class="${view.className}"
    role="img"
    aria-label="${view.title}"
    viewBox="0 0 ${String(code.side)} ${String(code.side)}"
    shape-rendering="crispEdges"
  >
    <path d="${code.path}" fill="#000" />
  </svg>`
}

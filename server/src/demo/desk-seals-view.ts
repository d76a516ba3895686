/** Seals as HTML: what each is and does, a form to ask for one on a file, and what two people made of such requests. */
import type { DisplayText } from '@onetrip/credential'
import { html } from 'hono/html'
import type { DeskSeal, DeskUse } from './desk-seals.ts'

type Markup = ReturnType<typeof html>

/** Words, and how they look. */
const SEAL_STATES: Readonly<Record<DeskSeal['state'], readonly [string, string, string]>> = {
  'in-use': ['在用', 'in use', 'valid'],
  suspended: ['已暂停', 'suspended', 'suspended'],
  changed: ['已变更', 'changed', 'revoked'],
  cancelled: ['已注销', 'cancelled', 'revoked'],
}
const USE_STATES: Readonly<Record<DeskUse['state'], readonly [string, string, string]>> = {
  requested: ['待审批', 'waits for approval', 'suspended'],
  approved: ['已批准', 'approved', 'valid'],
  sealed: ['已盖章', 'sealed', 'valid'],
  refused: ['未批准', 'refused', 'revoked'],
  expired: ['已过期', 'expired', 'revoked'],
}

/** The agencies' seals, and their use; `atHand` tells of which files the desk has the bytes. */
export function sealsSection(view: {
  readonly seals: readonly DeskSeal[]
  readonly uses: readonly DeskUse[]
  readonly atHand: (digest: string) => boolean
  readonly counterOrigin: string
}): Markup {
  const { seals, uses, atHand, counterOrigin } = view
  if (seals.length === 0) {
    return html`<p>
      没有印章：画印章的字体（fonts-noto-cjk）未安装。
      <span class="en" lang="en">No seals: the font to draw them in (fonts-noto-cjk) is missing.</span>
    </p>`
  }
  return html`<p>
      每张证照都写明是用哪枚证照专用章签发的。暂停它，机关就不能再签发，此前签发的仍然有效；用公文章盖过的文件则不再通过核验。
      <span class="en" lang="en"
        >Each licence states the seal it was issued under. While that one is suspended nothing is issued, and
        what was issued before stays good; a file under a suspended seal passes no more.</span
      >
    </p>
    <div class="grid">${seals.map(sealCard)}</div>
    <h2 id="uses">用印 <span class="en" lang="en">Put a seal on a file</span></h2>
    <p>
      用印要两个人：经办人李样例申请，印章保管人孙样例批准。盖好的文件可到<a
        href="${counterOrigin}/#/document">核验窗口</a
      >查验。
      <span class="en" lang="en"
        >It takes two people: 李样例 asks, 孙样例, who keeps the seal, approves. Check what was sealed at the
        counter.</span
      >
    </p>
    <div class="grid">
      ${requestForm(seals)} ${uses.map((use) => useCard(use, atHand(use.digest)))}
    </div>`
}

function sealCard(seal: DeskSeal): Markup {
  const isInUse = seal.state === 'in-use'
  return html`<section class="card" id="seal-${seal.id}" data-seal="${seal.id}">
    <img class="seal" src="/desk/seals/${seal.id}/picture" alt="${seal.name}印模 Its picture" />
    <h3><bdi>${seal.name}</bdi></h3>
    <p class="number">${seal.number}</p>
    ${seal.isForLicences ? html`<p class="quiet">${bilingual({ 'zh-CN': '签发证照用', en: 'licences are issued under it' })}</p>` : ''}
    ${stateLine(SEAL_STATES[seal.state])}
    ${
      isInUse || seal.state === 'suspended'
        ? html`<form method="post" action="/desk/seals/${seal.id}/step">
            <input type="hidden" name="step" value="${isInUse ? 'suspend' : 'resume'}" />
            <button>${isInUse ? '暂停 · Suspend' : '恢复（两人） · Resume, as two people'}</button>
          </form>`
        : ''
    }
  </section>`
}

function requestForm(seals: readonly DeskSeal[]): Markup {
  const usable = seals.filter(({ state }) => state === 'in-use')
  if (usable.length === 0) return html``
  // The seals for licences come first, and are not what letters are sealed with.
  const ordered = usable.toSorted((a, b) => Number(a.isForLicences) - Number(b.isForLicences))
  return html`<form class="card" method="post" action="/desk/uses" enctype="multipart/form-data" data-use-form>
    ${field('use-file', { 'zh-CN': '文件', en: 'file' })}
    <input id="use-file" name="file" type="file" required />
    <p class="quiet">
      <a href="/desk/sample-letter.pdf" download="letter.pdf">下载一份样例函件 · A sample letter</a>
    </p>
    ${field('use-seal', { 'zh-CN': '印章', en: 'seal' })}
    <select id="use-seal" name="seal">
      ${ordered.map((seal) => html`<option value="${seal.id}">${shortName(seal)}</option>`)}
    </select>
    ${field('use-purpose', { 'zh-CN': '用途', en: 'purpose' })}
    <input id="use-purpose" name="purpose" value="答复来函" maxlength="100" required />
    ${field('use-keyword', { 'zh-CN': 'PDF：盖在哪个词上（不填则盖在末页右下角）', en: 'PDF: on which word (else lower right of the last page)' })}
    <input id="use-keyword" name="keyword" maxlength="50" />
    <button class="main">申请用印 · Ask for it</button>
  </form>`
}

/** What tells seals of one owner apart comes first, where a narrow list shows it. */
function shortName({ name, ownerName }: DeskSeal): string {
  return name.startsWith(ownerName) ? `${name.slice(ownerName.length)} · ${ownerName}` : name
}

function useCard(use: DeskUse, isAtHand: boolean): Markup {
  const path = `/desk/uses/${use.id}`
  const isFetchable =
    (use.state === 'approved' || use.state === 'sealed') && (isAtHand || !use.isInFile)
  return html`<section class="card" data-use="${use.id}">
    <h3><bdi>${use.fileName}</bdi></h3>
    <p><bdi>${use.sealName}</bdi><br /><span class="quiet"><bdi>${use.purpose}</bdi></span></p>
    <p class="quiet">
      <bdi>${use.requester}</bdi> 申请
      ${use.keeper === null ? '' : html`→ <bdi>${use.keeper}</bdi> ${use.state === 'refused' ? '不批准' : '批准'}`}
    </p>
    ${stateLine(USE_STATES[use.state])}
    ${
      use.state === 'requested'
        ? html`<div class="row">
            ${decision(path, 'approve', '孙样例：批准 · Approve', 'main')}
            ${decision(path, 'refuse', '不批准 · Refuse', '')}
          </div>`
        : ''
    }
    ${
      isFetchable
        ? html`<form method="post" action="${path}/file">
            <button class="main" data-fetch>下载盖章文件 · Download</button>
          </form>`
        : ''
    }
    ${isFetchable && !use.isInFile ? html`<p class="quiet">.seal 与原文件放在一起 <span class="en" lang="en">keep the .seal beside the file</span></p>` : ''}
  </section>`
}

function decision(path: string, value: string, words: string, look: string): Markup {
  return html`<form method="post" action="${path}/decision">
    <input type="hidden" name="decision" value="${value}" />
    <button class="${look}">${words}</button>
  </form>`
}

function field(id: string, words: DisplayText): Markup {
  return html`<label for="${id}">${bilingual(words)}</label>`
}

function stateLine([zh, en, look]: readonly [string, string, string]): Markup {
  return html`<p class="state ${look}">${bilingual({ 'zh-CN': zh, en })}</p>`
}

function bilingual(text: DisplayText): Markup {
  return html`${text['zh-CN']} <span class="en" lang="en">${text.en}</span>`
}

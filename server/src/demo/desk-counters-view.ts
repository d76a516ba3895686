/** Devices as HTML: the short code of one that asks is compared with the screen of the device, then confirmed. */
import { html } from 'hono/html'
import type { DeskCounter } from './desk-counters.ts'

type Markup = ReturnType<typeof html>

/** A check box of the form that confirms is named so, before the code of its matter. */
export const MATTER_FIELD = 'matter-'

const STATES = {
  asked: ['待确认', 'asks', 'suspended'],
  confirmed: ['已登记', 'enrolled', 'valid'],
  denied: ['已停用', 'denied', 'revoked'],
} as const

/** The devices of the demo's offices, those that ask first. */
export function countersSection(counters: readonly DeskCounter[]): Markup {
  if (counters.length === 0) {
    return html`<p>
      没有设备申请登记。请在核验窗口的“设置”里申请。
      <span class="en" lang="en">No device asks. Ask for it in the counter’s settings.</span>
    </p>`
  }
  return html`<div class="grid">${counters.map(counterCard)}</div>`
}

function counterCard(counter: DeskCounter): Markup {
  const [zh, en, look] = STATES[counter.state]
  const path = `/desk/counters/${counter.id}`
  return html`<section class="card" id="counter-${counter.id}" data-counter="${counter.id}">
    <h3>${counter.officeName['zh-CN']} <span class="en" lang="en">${counter.officeName.en}</span></h3>
    <p><bdi>${counter.name}</bdi> ${counter.number === undefined ? '' : html`· ${counter.number}`}</p>
    <p class="state ${look}">${zh} <span class="en" lang="en">${en}</span></p>
    ${counter.state === 'asked' ? asking(counter, path) : ''}
    ${
      counter.state === 'confirmed'
        ? html`<div class="row">
            <a href="/trust/pack?counter=${counter.thumbprint}" download="counter.otpack" data-pack>
              离线续期包 · Pack that renews it offline
            </a>
            <form method="post" action="${path}/deny">
              <button class="stop" data-deny>设备遗失，停用 · Lost: deny</button>
            </form>
          </div>`
        : ''
    }
  </section>`
}

function asking({ code = '', officeMatters }: DeskCounter, path: string): Markup {
  return html`<p class="code" data-code>${code.slice(0, 4)}-${code.slice(4)}</p>
    <p class="quiet">
      与设备屏幕上的短码逐字一致，才能确认。
      <span class="en" lang="en">Confirm only if the device shows exactly this code.</span>
    </p>
    <form method="post" action="${path}/confirm">
      <input type="hidden" name="code" value="${code}" />
      ${officeMatters.length === 0 ? '' : mattersAsked(officeMatters)}
      <button class="main" data-confirm>一致，确认 · Same: confirm</button>
    </form>
    <form method="post" action="${path}/deny"><button>拒绝 · Refuse</button></form>`
}

/** What the device may ask people for; all that is brought to its office unless some are taken out. */
function mattersAsked(matters: DeskCounter['officeMatters']): Markup {
  return html`<fieldset data-matters>
    <legend>可为这些事项请对方出示证照 <span class="en" lang="en">Matters it may ask for</span></legend>
    ${matters.map(
      ({ code, name }) => html`<label>
        <input type="checkbox" name="${MATTER_FIELD}${code}" checked />
        ${name['zh-CN']} <span class="en" lang="en">${name.en}</span>
      </label>`,
    )}
  </fieldset>`
}

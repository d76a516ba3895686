/** The page on which a person lets a wallet have a licence: no script, no inline style, every value escaped by `html`. */

import type { DisplayText } from '@onetrip/credential'
import { html } from 'hono/html'
import type { OpenRequest, OwnLicence } from './consent.ts'

/** Escaped HTML. */
type Markup = ReturnType<typeof html>

/** What the page asks. */
export interface ConsentView extends OpenRequest {
  readonly requestUri: string
  /** Name of each licence's type, by the licence's id. */
  readonly typeNames: ReadonlyMap<string, DisplayText>
}

/** Its style sheet. */
export const CONSENT_STYLE = `:root { color-scheme: light dark; }
body { margin: 0; font: 17px/1.6 system-ui, sans-serif; color: #17202a; background: #faf9f6; }
main { max-width: 34rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.3; }
.en { color: #4a5561; font-size: .875rem; }
fieldset { border: 0; margin: 1.5rem 0; padding: 0; }
label { display: flex; gap: .75rem; align-items: baseline; padding: .75rem 0; border-bottom: 1px solid #d9dde2; }
button { min-height: 48px; padding: .5rem 1.5rem; margin-right: .75rem; font: inherit; border-radius: 6px;
  border: 1px solid #1f4e8c; color: #1f4e8c; background: transparent; cursor: pointer; }
button.main { color: #fff; background: #1f4e8c; }
:focus-visible { outline: 3px solid #1f4e8c; outline-offset: 2px; }
code { overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) {
  body { color: #eef1f4; background: #12171d; }
  .en { color: #b3bdc8; }
  label { border-color: #36414d; }
  button { color: #9cc2f5; border-color: #9cc2f5; }
  button.main { color: #12171d; background: #9cc2f5; }
}
`

/** Which licence may the wallet fetch? */
export function consentPage(view: ConsentView): Markup {
  const { row, licences, requestUri } = view
  const place = new URL(row.redirect_uri)
  return page(html`
    <h1>允许这个钱包领取证照？<br /><span class="en">Let this wallet have a licence?</span></h1>
    <p>钱包 <code>${row.client_id}</code>，位于 <code>${place.host || place.protocol}</code>。只有您刚才在自己的钱包里申请了领取，才应当允许。<br />
      <span class="en">Allow it only if you asked for this in your own wallet just now.</span></p>
    <form method="post" action="/openid/authorize">
      <input type="hidden" name="client_id" value="${row.client_id}" />
      <input type="hidden" name="request_uri" value="${requestUri}" />
      <fieldset>
        <legend>证照 <span class="en">licence</span></legend>
        ${licences.map((licence, at) => choice(view, licence, at === 0))}
      </fieldset>
      <button class="main" name="answer" value="allow">允许 Allow</button>
      <button name="answer" value="deny">不允许 Do not allow</button>
    </form>`)
}

/** Nothing can be asked or answered: no licence that fits, or nobody is signed in; `next` is where to go on. */
export function noConsentPage(
  why: 'no-licence' | 'no-sign-in' | 'no-provider' | 'no-request' | 'sign-in-again' | 'too-many',
  next?: string,
): Markup {
  const words = {
    'no-licence': ['没有可以领取的证照', 'There is no licence of yours to fetch.'],
    'no-sign-in': ['这里不能登录，无法领取', 'Nobody can sign in here, so nothing can be fetched.'],
    'no-provider': [
      '现在无法登录，请稍后再试',
      'Signing in does not work just now. Please try again later.',
    ],
    'no-request': [
      '这个请求已经失效，请回到钱包重新开始',
      'This request is over. Please begin again in the wallet.',
    ],
    'sign-in-again': [
      '登录已经有一会儿了，请重新登录再允许',
      'You signed in a while ago. Please sign in again, then allow it.',
    ],
    'too-many': ['次数过多，请稍后再试', 'That was too often. Please try again later.'],
  } as const
  const [zh, en] = words[why]
  const link = next === undefined ? '' : html`<p><a href="${next}">重新登录 Sign in again</a></p>`
  return page(html`<h1>${zh}</h1><p class="en">${en}</p>${link}`)
}

function choice({ typeNames }: ConsentView, licence: OwnLicence, isFirst: boolean): Markup {
  const name = typeNames.get(licence.id)
  return html`<label>
    <input type="radio" name="licence" value="${licence.id}" ${isFirst ? 'checked' : ''} />
    <span>${name?.['zh-CN'] ?? ''} ${licence.serial} · ${licence.holder_reference ?? ''}<br />
      <span class="en">${name?.en ?? ''}</span></span>
  </label>`
}

function page(content: Markup): Markup {
  return html`<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>一次办 OneTrip</title>
    <link rel="stylesheet" href="/openid/consent.css" />
  </head>
  <body><main>${content}</main></body>
</html>`
}

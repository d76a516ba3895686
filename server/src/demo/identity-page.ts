/** The page of the demo's identity provider: who are you? No password, for nobody on it is real. */
import { html } from 'hono/html'
import { IDENTITIES, PEOPLE_PATH } from './demo-identity.ts'
import { DEMO_STAFF, type DemoMember, ROLE_NAMES } from './demo-staff.ts'
import { layout, type Markup } from './page-layout.ts'

/** Asks who is there; `uid` names the visit. */
export function identityPage(uid: string): Markup {
  return layout(
    '身份认证 · OneTrip demo identity provider',
    html`<h1>演示身份认证</h1>
      <p class="en" lang="en">
        Demo identity provider. Everybody is invented, and nobody has a password.
      </p>
      <p>请选择您是谁。<span class="en" lang="en">Choose who you are.</span></p>
      <form method="post" action="${PEOPLE_PATH}/${uid}">
        <p class="places">
          ${IDENTITIES.map(
            ({ subject, name }) =>
              html`<button class="main" name="subject" value="${subject}" data-testid="${subject}">${name}</button>`,
          )}
        </p>
        <p class="places">
          <button class="stop" name="subject" value="" data-testid="nobody">取消 · Cancel</button>
        </p>
      </form>
      <p>
        吴样生没有核验过实名。<span class="en" lang="en">吴样生 never proved a real name.</span>
      </p>`,
  )
}

/** Asks which member of staff is there; `uid` names the visit. */
export function staffIdentityPage(uid: string): Markup {
  const organisations = [...new Set(DEMO_STAFF.map(({ agencyId }) => agencyId))]
  return layout(
    '身份认证 · OneTrip demo identity provider',
    html`<h1>演示工作人员认证</h1>
      <p class="en" lang="en">
        Demo identity provider for staff. Everybody is invented, and nobody has a password.
      </p>
      <form method="post" action="${PEOPLE_PATH}/${uid}">
        ${organisations.map((id) => organisationPart(DEMO_STAFF.filter(({ agencyId }) => agencyId === id)))}
        <p class="places">
          <button class="stop" name="subject" value="" data-testid="nobody">取消 · Cancel</button>
        </p>
      </form>`,
  )
}

function organisationPart(members: readonly DemoMember[]): Markup {
  const name = members[0]?.agencyName
  return html`<h2>${name?.['zh-CN']}<span class="en" lang="en">${name?.en}</span></h2>
    <p class="places">
      ${members.map(
        ({ subject, name: person, role }) =>
          html`<button name="subject" value="${subject}" data-testid="${subject}">
            ${ROLE_NAMES[role]['zh-CN']} <span lang="en">${ROLE_NAMES[role].en}</span> ${person}
          </button>`,
      )}
    </p>`
}

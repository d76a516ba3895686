/** How these pages reach the server. */

import { localised } from '@onetrip/ui'
import { askSignedIn } from '../agency/agency-acts.ts'
import type { AgencySession } from '../agency/sign-in.ts'
import { settings, trust } from '../wallet-state.ts'
import type { CaseAccess, GuideAccess } from './case-api.ts'

/** As anybody. */
export const guideAccess: GuideAccess = {
  apiOrigin: settings.apiOrigin,
  http: (url, init) => fetch(url, init),
}

/** As whoever signed in; a session that is over is forgotten. */
export function asMine<Value>(
  session: AgencySession,
  work: (access: CaseAccess) => Promise<Value>,
): Promise<Value> {
  return askSignedIn(session, work)
}

/** An office's name from the trust data; its id where they do not name it. */
export function officeName(id: string): string {
  const office = trust.value?.office(id)
  return office === undefined ? id : localised(office.name)
}

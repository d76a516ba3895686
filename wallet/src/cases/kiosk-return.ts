/** Who comes back to a kiosk from the sign-in: another person than whoever typed gets the page anew, with nothing of them in it. */
import { leaveAgency } from '../agency/agency-acts.ts'
import type { AgencySession } from '../agency/sign-in.ts'
import { wipeKiosk } from '../kiosk.ts'
import { isAnothers } from '../kiosk-away.ts'
import { asMine } from './case-access.ts'
import { fetchMyCases } from './case-api.ts'
import { casesTypedFor } from './draft-store.ts'

/** Whether they go on; otherwise they are signed out again, everything is deleted, and the page is loaded anew. */
export async function goesOn(session: AgencySession): Promise<boolean> {
  if (!(await isAnother(session))) return true
  await leaveAgency(session, false).catch(() => undefined)
  await wipeKiosk()
  return false
}

/** Where it cannot be found out they are. */
async function isAnother(session: AgencySession): Promise<boolean> {
  try {
    const typedFor = await casesTypedFor()
    if (typedFor.length === 0) return false
    const cases = await asMine(session, fetchMyCases)
    const ids = cases.map(({ id }) => id)
    return isAnothers(typedFor, ids)
  } catch {
    return true
  }
}

/** What of a case the window may still write in; the server decides when it is sent. */

import type { CaseFile, CaseMaterial } from './case-file.ts'
import type { Me } from './session.ts'

interface CaseOfMine {
  readonly me: Me
  readonly file: CaseFile
}

/** Whether the page of a case is one to fill in. */
export function isOpenToWindow(props: CaseOfMine): boolean {
  const { state } = props.file
  return isWindow(props) && (state === 'draft' || state === 'returned')
}

/** Whether a material may still come in after the case was accepted: it was to follow, or a part was given back that needs it. */
export function isMaterialOpen(props: CaseOfMine, { way, parts }: CaseMaterial): boolean {
  if (!isWindow(props) || props.file.state !== 'accepted') return false
  return way === 'deferred' || returnedParts(props).some((code) => parts.includes(code))
}

/** Whether the form may be corrected after the case was accepted. */
export function isFormOpen(props: CaseOfMine): boolean {
  return isWindow(props) && props.file.state === 'accepted' && returnedParts(props).length > 0
}

function isWindow({ me, file }: CaseOfMine): boolean {
  return file.applicant !== undefined && me.rights.includes('accept-cases')
}

function returnedParts({ file }: CaseOfMine): readonly string[] {
  return file.parts.filter(({ state }) => state === 'returned').map(({ code }) => code)
}

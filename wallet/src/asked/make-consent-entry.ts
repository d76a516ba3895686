/** What goes on record of a consent, whichever way the answer takes and whoever gives it. */
import type { StatedRequest } from '@onetrip/verifier'
import { HISTORY_FORMAT } from '../history-entry.ts'
import type { ConsentEntry, ConsentLicence } from './consent-entry.ts'
import type { Fitting } from './fitting.ts'

/** In place of a counter's number, where it was asked over the network. */
export const ONLINE_DEVICE = 'OpenID4VP'

/** Who asks for what. */
type Asked = Pick<StatedRequest, 'office' | 'device' | 'matter' | 'purpose' | 'wants'>

/** A consent's request and answer as they went over, and when. */
type Made = Pick<ConsentEntry, 'at' | 'request' | 'answer'>

/** A licence that is shown, and as which material. */
type Shown = Omit<ConsentLicence, 'materialName'>

/** The entry of a consent: who asked for what, and what of which licence they get to see. */
export function consentEntry(
  { office, device, matter, purpose, wants }: Asked,
  made: Made & { readonly shown: readonly (Shown | ConsentLicence)[] },
): ConsentEntry {
  const { shown, ...rest } = made
  return {
    format: HISTORY_FORMAT,
    id: crypto.randomUUID(),
    kind: 'consent',
    office,
    device,
    matter,
    purpose,
    shown: shown.map((licence) => {
      const name = wants.find(({ material }) => material.code === licence.material)?.material.name
      return name === undefined ? licence : { ...licence, materialName: name }
    }),
    ...rest,
  }
}

/** The licences that are shown, in the order of what is asked. */
export function shownLicences(
  { wants }: Pick<Asked, 'wants'>,
  /** A licence for each material that is answered. */
  chosen: ReadonlyMap<string, Fitting>,
): readonly Shown[] {
  return wants.flatMap(({ material }) => {
    const fitting = chosen.get(material.code)
    if (fitting === undefined) return []
    const { id, summary } = fitting.licence
    const { typeName, number } = summary
    const claims = fitting.shown.map(({ display }) => display)
    return [{ material: material.code, licenceId: id, typeName, number, claims }]
  })
}

/** What goes on record of a consent, whichever way the answer takes. */
import type { StatedRequest } from '@onetrip/verifier'
import { HISTORY_FORMAT } from '../history-entry.ts'
import type { ConsentEntry } from './consent-entry.ts'
import type { Fitting } from './fitting.ts'

/** The entry of a consent: who asked for what, and what of which licence they get to see. */
export function consentEntry(
  consent: {
    readonly stated: Pick<StatedRequest, 'office' | 'device' | 'matter' | 'purpose' | 'wants'>
    /** A licence for each material that is answered. */
    readonly chosen: ReadonlyMap<string, Fitting>
  },
  /** Both as they went over. */
  made: { readonly at: number; readonly request: string; readonly answer: string },
): ConsentEntry {
  const { stated, chosen } = consent
  const { office, device, matter, purpose, wants } = stated
  return {
    format: HISTORY_FORMAT,
    id: crypto.randomUUID(),
    kind: 'consent',
    office,
    device,
    matter,
    purpose,
    shown: wants.flatMap(({ material }) => {
      const fitting = chosen.get(material.code)
      if (fitting === undefined) return []
      const { licence, shown } = fitting
      return [
        {
          material: material.code,
          ...(material.name === undefined ? {} : { materialName: material.name }),
          licenceId: licence.id,
          typeName: licence.summary.typeName,
          number: licence.summary.number,
          claims: shown.map(({ display }) => display),
        },
      ]
    }),
    ...made,
  }
}

/** The materials of a case: shown from the wallet with one consent, read from the register, uploaded, promised, or brought later. */
import { Button, localised } from '@onetrip/ui'
import type { VNode } from 'preact'
import { fetchMyLicences } from '../agency/my-licences.ts'
import { kioskSeconds } from '../kiosk.ts'
import { showOnlineRequest } from '../wallet-state.ts'
import { wc } from '../words-cases.ts'
import { asMine, guideAccess } from './case-access.ts'
import { fetchGuide } from './case-api.ts'
import type { MyCase } from './case-data.ts'
import { KioskAsk } from './kiosk-ask.tsx'
import { MaterialLine } from './material-line.tsx'
import type { OpenedCase } from './opened-case.ts'
import { textIn } from './read-answer.ts'
import { asked } from './shown-code.ts'
import { useLoaded } from './use-loaded.ts'

/** Properties of {@link CaseMaterials}. */
export interface CaseMaterialsProps {
  readonly known: MyCase
  readonly of: OpenedCase
  /** Saves what was typed and gives the case's version. */
  readonly saved: () => Promise<number>
}

/** The list. */
export function CaseMaterials({ known, of, saved }: CaseMaterialsProps): VNode {
  const registered = useLoaded(known.id, () => registeredFor(known, of))
  const isOpen = known.state === 'draft' || known.state === 'returned'
  const shown = known.materials.filter(
    ({ sources, way }) => sources.includes('licence') && (way === undefined || way === 'deferred'),
  )
  const show = (): Promise<boolean> =>
    of.act(async () => {
      await saved()
      // Back to this very page, so that the session in its memory is still there.
      const redirectUri = `${location.origin}${location.pathname}${location.search}`
      const opened = await of.change('verification', { redirectUri })
      asked.value = { caseId: known.id }
      showOnlineRequest(textIn(opened['uri']))
    })
  return (
    <section class="no-print" data-testid="materials">
      <h2>{wc('materials.title')}</h2>
      {isOpen && shown.length > 0 && kioskSeconds !== undefined ? (
        <KioskAsk caseId={known.id} count={shown.length} of={of} saved={saved} />
      ) : null}
      {isOpen && shown.length > 0 && kioskSeconds === undefined ? (
        <div class="panel stack">
          <p>{wc('materials.show-text', { count: shown.length })}</p>
          <div class="actions">
            <Button
              kind="primary"
              busy={of.work.busy}
              onPress={() => void show()}
              testId="show-licences"
            >
              {wc('materials.show')}
            </Button>
          </div>
        </div>
      ) : null}
      <ul class="licence-list">
        {known.materials.map((material) => (
          <MaterialLine
            key={material.code}
            known={known}
            material={material}
            name={localised(material.name)}
            registered={registered.value?.get(material.code)}
            of={of}
            saved={saved}
          />
        ))}
      </ul>
    </section>
  )
}

/** One of one's own valid licences for each material that the register may prove. */
async function registeredFor(known: MyCase, of: OpenedCase): Promise<ReadonlyMap<string, string>> {
  const wanted = known.materials.filter(({ sources }) => sources.includes('register'))
  if (wanted.length === 0) return new Map()
  const [{ accepts }, mine] = await Promise.all([
    fetchGuide(guideAccess, known.matter),
    asMine(of.session, fetchMyLicences),
  ])
  const found = wanted.flatMap(({ code }) => {
    const types = accepts.get(code) ?? []
    const licence = mine.find(({ type, status }) => status === 'valid' && types.includes(type))
    return licence === undefined ? [] : [[code, licence.id] as const]
  })
  return new Map(found)
}

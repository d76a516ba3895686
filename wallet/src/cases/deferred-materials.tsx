/** What was to follow (容缺补交): brought from home once the case is accepted, without a way to the window. */
import { localised } from '@onetrip/ui'
import type { VNode } from 'preact'
import { wc } from '../words-cases.ts'
import type { MyCase } from './case-data.ts'
import { MaterialLine } from './material-line.tsx'
import type { OpenedCase } from './opened-case.ts'

/** Properties of {@link DeferredMaterials}. */
export interface DeferredMaterialsProps {
  readonly known: MyCase
  readonly of: OpenedCase
}

/** The list; nothing where all is there or the case is no longer open. */
export function DeferredMaterials({ known, of }: DeferredMaterialsProps): VNode | null {
  const due = known.materials.filter(({ way }) => way === 'deferred')
  if (known.state !== 'accepted' || due.length === 0) return null
  return (
    <section class="no-print" data-testid="deferred-materials">
      <h2>{wc('materials.deferred')}</h2>
      <ul class="licence-list">
        {due.map((material) => (
          <MaterialLine
            key={material.code}
            known={known}
            material={material}
            name={localised(material.name)}
            registered={undefined}
            of={of}
            saved={async () => of.latest().version}
          />
        ))}
      </ul>
    </section>
  )
}

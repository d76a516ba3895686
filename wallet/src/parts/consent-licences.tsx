/** What a consent showed: each licence with the names of its claims. */
import { Data, localised, Row } from '@onetrip/ui'
import type { VNode } from 'preact'
import type { ConsentEntry } from '../asked/consent-entry.ts'
import { wa } from '../words-asked.ts'

/** Properties of {@link ConsentLicences}. */
export interface ConsentLicencesProps {
  readonly shown: ConsentEntry['shown']
}

/** One row for each licence. */
export function ConsentLicences({ shown }: ConsentLicencesProps): VNode {
  return (
    <dl class="rows" data-testid="consent-licences">
      {shown.map(({ material, materialName, typeName, number, claims }) => (
        <Row key={material} term={materialName === undefined ? material : localised(materialName)}>
          {localised(typeName)} <Data>{number}</Data>
          <span class="hint line">
            {[...claims.map(localised), wa('want.always')].join(wa('want.join'))}
          </span>
        </Row>
      ))}
    </dl>
  )
}

/** The receipt of an acceptance (受理回执), on the screen and on paper. */
import { Button, Data, formatDate, localised, Row } from '@onetrip/ui'
import type { VNode } from 'preact'
import { wc } from '../words-cases.ts'
import { officeName } from './case-access.ts'
import type { MyCase } from './case-data.ts'
import { wayWords } from './case-words.ts'

/** The receipt and the button that prints it. */
export function CaseReceipt({ known }: { readonly known: MyCase }): VNode {
  const { name, number, office, acceptedAt, materials } = known
  return (
    <section class="panel stack case-receipt" data-testid="receipt">
      <h2>{wc('receipt.title')}</h2>
      <dl class="rows">
        <Row term={wc('number')}>
          <strong>
            <Data>{number ?? ''}</Data>
          </strong>
        </Row>
        <Row term={wc('receipt.matter')}>{localised(name)}</Row>
        <Row term={wc('receipt.office')}>
          <Data>{officeName(office)}</Data>
        </Row>
        <Row term={wc('receipt.at')}>{acceptedAt === undefined ? '' : formatDate(acceptedAt)}</Row>
        <Row term={wc('receipt.materials')}>
          <ul>
            {materials.map((material) => (
              <li key={material.code}>
                {wc('pair', { what: localised(material.name), name: wayWords(material) })}
              </li>
            ))}
          </ul>
        </Row>
      </dl>
      <div class="actions no-print">
        <Button onPress={() => print()} testId="print-receipt">
          {wc('receipt.print')}
        </Button>
      </div>
    </section>
  )
}

/** Gives out the register of one type as a file, which is an entry of the log. */

import { saveFile } from '@onetrip/ui'
import type { VNode } from 'preact'
import { ActButton } from '../act-button.tsx'
import type { Filter } from '../register-filter.tsx'
import { fetchFile } from '../session.ts'
import { tg } from '../words-register.ts'

/** The button; without a type it says that one has to be chosen. */
export function ExportButton({ filter }: { readonly filter: Partial<Filter> }): VNode {
  const isReady = filter.type !== undefined
  return (
    <ActButton
      title={tg('export.title')}
      body={<p>{tg(isReady ? 'export.text' : 'export.type')}</p>}
      go={tg('export')}
      isReady={isReady}
      act={async () => {
        const answer = await fetchFile('/api/licences/export', filter)
        if (answer.kind === 'done') {
          const content = new Uint8Array(await answer.value.arrayBuffer())
          saveFile({ name: `${filter.type}.csv`, content, mediaType: 'text/csv;charset=utf-8' })
        }
        return answer
      }}
      onDone={() => undefined}
      testId="export"
    >
      {tg('export')}
    </ActButton>
  )
}

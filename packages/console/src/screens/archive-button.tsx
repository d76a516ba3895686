/** Saves a case that is over, or a licence, as one package for the archive (电子归档); that it was given out is an entry of the log. */

import { saveFile } from '@onetrip/ui'
import type { VNode } from 'preact'
import { ActButton } from '../act-button.tsx'
import { tc } from '../messages.ts'
import { fetchFile } from '../session.ts'

/** Properties of {@link ArchiveButton}. */
export interface ArchiveButtonProps {
  /** Of the API, such as `/api/cases/ID/archive`. */
  readonly path: string
  /** Of the file, without its ending. */
  readonly name: string
}

/** The button; it says first what is in the file, and how it is verified. */
export function ArchiveButton({ path, name }: ArchiveButtonProps): VNode {
  return (
    <ActButton
      title={tc('archive.title')}
      body={<p>{tc('archive.text')}</p>}
      go={tc('archive.go')}
      act={async () => {
        const answer = await fetchFile(path)
        if (answer.kind === 'done') {
          const content = new Uint8Array(await answer.value.arrayBuffer())
          saveFile({ name: `${name}.zip`, content, mediaType: 'application/zip' })
        }
        return answer
      }}
      onDone={() => undefined}
      testId="archive-package"
    >
      {tc('archive')}
    </ActButton>
  )
}

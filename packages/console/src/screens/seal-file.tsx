/** An approved request: its file is brought again, sealed, and saved. What is sealed is the file that was approved, or nothing. */

import { FileButton, saveFile } from '@onetrip/ui'
import type { VNode } from 'preact'
import { digestOf } from '../file-digest.ts'
import type { Answer } from '../request.ts'
import type { SealUse, UseFile } from '../seal-data.ts'
import { fetchFile } from '../session.ts'
import { Refusal, useAct } from '../use-act.tsx'
import { tk } from '../words-seals.ts'

const PDF = 'application/pdf'

/** The button; asked again it gives the same sealed file. */
export function SealFile(props: { readonly use: SealUse; readonly onDone: () => void }): VNode {
  const { use, onDone } = props
  const sealing = useAct()
  return (
    <div class="stack no-print">
      <FileButton
        accept="*/*"
        onFiles={([file]) => sealing.run(() => sealIt(use, file), onDone)}
        hint={tk(sealing.isBusy ? 'seal.busy' : 'seal.hint')}
        testId="seal-file"
      >
        {tk('seal.go')}
      </FileButton>
      <Refusal of={sealing} />
    </div>
  )
}

async function sealIt({ id, files }: SealUse, file: File): Promise<Answer<unknown>> {
  const digest = await digestOf(file)
  const approved = files.find(({ sha256 }) => sha256 === digest)
  if (approved === undefined) return { kind: 'refused', code: 'seal/digest-mismatch' }
  const at = `/api/seals/uses/${id}/files/${digest}`
  const isPdf = approved.place !== undefined
  const answer = isPdf
    ? await fetchFile(`${at}/pdf`, new Blob([file], { type: PDF }))
    : await fetchFile(`${at}/impression`, {})
  if (answer.kind === 'refused') return answer
  const content = new Uint8Array(await answer.value.arrayBuffer())
  saveFile({ name: sealedName(file.name, approved), content, mediaType: answer.value.type })
  return answer
}

function sealedName(name: string, { place }: UseFile): string {
  if (place === undefined) return `${name}.seal`
  return name.replace(/(\.pdf)?$/i, `-${tk('file.sealed')}.pdf`)
}

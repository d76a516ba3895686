/** Saving a part's decision as it was sealed: its text, and the seal on it as a file beside it. */
import { fromBase64url } from '@onetrip/codec'
import { Button, saveFile } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { SEALED_DECISION } from '../case-data.ts'
import type { SealedDecision } from '../case-file.ts'
import { faultWords } from '../error-words.ts'
import { load } from '../session.ts'
import { tp } from '../words-cases.ts'

/** Two presses for two files: browsers ask about a second one that comes by itself. */
export function SaveDecision(props: { readonly caseId: string; readonly part: string }): VNode {
  const { caseId, part } = props
  const [refused, setRefused] = useState<string>()
  const name = `${part}.txt`
  const saveOf = (save: (decision: SealedDecision) => void): void => {
    setRefused(undefined)
    const path = `/api/cases/${caseId}/parts/${encodeURIComponent(part)}/decision`
    void load(path, SEALED_DECISION).then((answer) => {
      if (answer.kind === 'done') save(answer.value)
      else setRefused(answer.code)
    })
  }
  const saveText = ({ document }: SealedDecision): void =>
    saveFile({ name, content: document, mediaType: 'text/plain;charset=utf-8' })
  const saveSeal = ({ seal }: SealedDecision): void => {
    const content = fromBase64url(seal)
    saveFile({ name: `${name}.seal`, content, mediaType: 'application/octet-stream' })
  }
  return (
    <div class="stack no-print">
      <p class="actions">
        <Button onPress={() => saveOf(saveText)} testId="save-decision">
          {tp('document.save')}
        </Button>
        <Button onPress={() => saveOf(saveSeal)} testId="save-seal">
          {tp('document.save-seal')}
        </Button>
      </p>
      {refused === undefined ? null : <p class="field-error">{faultWords(refused)}</p>}
    </div>
  )
}

/** Saving a decision as it was sealed: its text, and the seal on it as a file beside it. */
import { fromBase64url } from '@onetrip/codec'
import { Button, saveFile } from '@onetrip/ui'
import type { VNode } from 'preact'
import { wc } from '../words-cases.ts'
import { asMine } from './case-access.ts'
import { fetchDecision } from './case-api.ts'
import type { Part } from './case-data.ts'
import type { OpenedCase } from './opened-case.ts'

/** Two presses for two files: browsers ask about a second one that comes by itself. */
export function SaveDecision(props: { readonly part: Part; readonly of: OpenedCase }): VNode {
  const { part, of } = props
  const name = `${part.code}.txt`
  const fetched = () =>
    asMine(of.session, (access) => fetchDecision(access, { id: of.latest().id, part: part.code }))
  const saveText = async (): Promise<void> => {
    const { document } = await fetched()
    saveFile({ name, content: document, mediaType: 'text/plain;charset=utf-8' })
  }
  const saveSeal = async (): Promise<void> => {
    const { seal } = await fetched()
    const content = fromBase64url(seal)
    saveFile({ name: `${name}.seal`, content, mediaType: 'application/octet-stream' })
  }
  return (
    <div class="stack">
      <p class="hint">{wc('decision.hint')}</p>
      <div class="actions">
        <Button
          busy={of.work.busy}
          onPress={() => void of.act(saveText)}
          testId={`save-decision-${part.code}`}
        >
          {wc('decision.save')}
        </Button>
        <Button
          busy={of.work.busy}
          onPress={() => void of.act(saveSeal)}
          testId={`save-seal-${part.code}`}
        >
          {wc('decision.save-seal')}
        </Button>
      </div>
    </div>
  )
}

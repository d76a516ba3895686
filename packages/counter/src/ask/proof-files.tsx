/** The texts by which an answer can be judged again, as files for the office's file of the case. */

import { Button, saveFile } from '@onetrip/ui'
import type { VNode } from 'preact'
import { scanNumber } from '../scan-number.ts'
import type { ProofTexts } from './ask-signal.ts'
import { ta } from './words-ask.ts'

const PARTS = ['request', 'answer', 'receipt'] as const

/** Properties of {@link ProofFiles}. */
export interface ProofFilesProps {
  /** Of the record. */
  readonly id: string
  readonly proof: ProofTexts
}

/** One button for each text that is there. */
export function ProofFiles({ id, proof }: ProofFilesProps): VNode {
  const number = scanNumber({ id }).replace(' ', '')
  return (
    <section class="panel stack" aria-labelledby="proof-title">
      <h2 id="proof-title" class="panel-title">
        {ta('proof.title')}
      </h2>
      <p class="hint">{ta(proof.receipt === undefined ? 'proof.text-online' : 'proof.text')}</p>
      <div class="actions">
        {PARTS.filter((part) => proof[part] !== undefined).map((part) => (
          <Button
            key={part}
            testId={`proof-${part}`}
            onPress={() =>
              saveFile({
                name: `onetrip-${number}-${part}.txt`,
                content: `${proof[part] ?? ''}\n`,
                mediaType: 'text/plain;charset=utf-8',
              })
            }
          >
            {ta(`proof.${part}`)}
          </Button>
        ))}
      </div>
    </section>
  )
}

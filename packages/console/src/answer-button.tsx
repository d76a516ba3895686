/** Answers a rating or a report, once; what is typed is kept until it was sent. */

import type { VNode } from 'preact'
import { ActButton } from './act-button.tsx'
import { useDraft } from './draft.ts'
import { act } from './session.ts'
import { ANYTHING } from './staff-data.ts'
import { TextArea } from './text-area.tsx'
import { tf } from './words-feedback.ts'

const MAX_ANSWER = 1000

/** The button and its dialog. */
export function AnswerButton(props: {
  readonly of: 'rating' | 'report'
  readonly id: string
  readonly onDone: () => void
}): VNode {
  const { of, id, onDone } = props
  const [text, setText] = useDraft(`answer-${id}`)
  const place = of === 'rating' ? 'feedback' : 'reports'
  return (
    <ActButton
      kind="primary"
      title={tf(`answer.${of}`)}
      body={
        <>
          <p>{tf(`answer.${of}-text`)}</p>
          <TextArea
            label={tf('answer')}
            value={text}
            maxLength={MAX_ANSWER}
            onInput={setText}
            testId="answer-text"
          />
        </>
      }
      go={tf('answer.go')}
      isReady={text.trim() !== ''}
      act={() =>
        act(`/api/${place}/${id}/answer`, { answer: ANYTHING, body: { answer: text.trim() } })
      }
      onDone={() => {
        setText('')
        onDone()
      }}
      testId="answer"
    >
      {tf('answer.go')}
    </ActButton>
  )
}

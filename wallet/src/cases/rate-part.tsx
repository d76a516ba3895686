/** 好差评: one of five levels for a part that is over, once. */
import { Button, localised, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { wc } from '../words-cases.ts'
import type { Part } from './case-data.ts'
import type { OpenedCase } from './opened-case.ts'

/** 5 is the best. */
const LEVELS = [5, 4, 3, 2, 1] as const
const MAX_WORDS = 500

/** Properties of {@link RatePart}. */
export interface RatePartProps {
  readonly part: Part
  readonly isRated: boolean
  readonly of: OpenedCase
}

/** The five levels, or that it was rated. */
export function RatePart({ part, isRated, of }: RatePartProps): VNode {
  const [level, setLevel] = useState<number | undefined>(undefined)
  const [words, setWords] = useState('')
  if (isRated) {
    return (
      <p class="hint" data-testid="rated">
        {wc('rate.done')}
      </p>
    )
  }
  const send = (): Promise<boolean> =>
    of.act(async () => {
      if (level === undefined) return
      const text = words.trim()
      const said = text === '' ? { level } : { level, words: text }
      await of.change(`parts/${part.code}/feedback`, said)
    })
  return (
    <fieldset class="fieldset rate" data-testid={`rate-${part.code}`}>
      <legend>{wc('rate.title', { name: localised(part.name) })}</legend>
      <div class="actions">
        {LEVELS.map((one) => (
          <Button
            key={one}
            pressed={level === one}
            onPress={() => setLevel(one)}
            testId={`level-${one}`}
          >
            {wc(`rate.${one}`)}
          </Button>
        ))}
      </div>
      {level === undefined ? null : (
        <>
          <TextField
            label={wc('rate.words')}
            name="words"
            value={words}
            maxLength={MAX_WORDS}
            onInput={setWords}
            testId="rate-words"
          />
          <div class="actions">
            <Button
              kind="primary"
              busy={of.work.busy}
              onPress={() => void send()}
              testId="rate-send"
            >
              {wc('rate.send')}
            </Button>
          </div>
        </>
      )}
    </fieldset>
  )
}

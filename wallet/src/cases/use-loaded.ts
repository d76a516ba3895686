/** Something that a page loads when it opens, and again when it is asked to. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { codeOf } from '../error-words.ts'
import { explainCase } from './explain-case.ts'

/** What came of loading. */
export interface Loaded<Value> {
  /** The last that came. */
  readonly value: Value | undefined
  /** Why the last attempt came to nothing, in words. */
  readonly trouble: string | undefined
  readonly again: () => Promise<void>
}

/** Loads when the page opens and whenever `key` changes; an answer that was overtaken counts for nothing. */
export function useLoaded<Value>(key: string, load: () => Promise<Value>): Loaded<Value> {
  const [state, setState] = useState<Omit<Loaded<Value>, 'again'>>({
    value: undefined,
    trouble: undefined,
  })
  const turn = useRef(0)
  const again = useCallback(async () => {
    turn.current += 1
    const own = turn.current
    try {
      const value = await load()
      if (turn.current === own) setState({ value, trouble: undefined })
    } catch (error) {
      const trouble = explainCase(codeOf(error))
      if (turn.current === own) setState((before) => ({ ...before, trouble }))
    }
  }, [key])
  useEffect(() => {
    void again()
    return () => {
      turn.current += 1
    }
  }, [key])
  return { ...state, again }
}

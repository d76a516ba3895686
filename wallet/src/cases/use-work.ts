/** One thing that somebody does on a page, at a time, and what became of it. */
import { useState } from 'preact/hooks'
import { codeOf } from '../error-words.ts'
import { explainCase } from './explain-case.ts'

/** How it stands. */
export interface Work {
  readonly busy: boolean
  /** Why the last thing came to nothing, in words. */
  readonly trouble: string | undefined
  /** What the last thing came to, in words. */
  readonly note: string | undefined
  /** Does something; what it gives is said as a note. True when it was done. */
  readonly run: (act: () => Promise<unknown>) => Promise<boolean>
}

/** Makes one for a page. */
export function useWork(): Work {
  const [state, setState] = useState<Omit<Work, 'run'>>({
    busy: false,
    trouble: undefined,
    note: undefined,
  })
  const run: Work['run'] = async (act) => {
    setState({ busy: true, trouble: undefined, note: undefined })
    try {
      const note = await act()
      setState({
        busy: false,
        trouble: undefined,
        note: typeof note === 'string' ? note : undefined,
      })
      return true
    } catch (error) {
      setState({ busy: false, trouble: explainCase(codeOf(error)), note: undefined })
      return false
    }
  }
  return { ...state, run }
}

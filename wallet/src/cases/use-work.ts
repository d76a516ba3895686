/** What somebody does on a page, one thing after the other, and what became of it. */
import { type Line, oneAfterOther } from '@onetrip/ui'
import { useRef, useState } from 'preact/hooks'
import { codeOf } from '../error-words.ts'
import { explainCase } from './explain-case.ts'

/** How it stands. */
export interface Work {
  readonly busy: boolean
  /** Why the last thing came to nothing, in words. */
  readonly trouble: string | undefined
  /** What the last thing came to, in words. */
  readonly note: string | undefined
  /**
   * Does something once all before it is over; what it gives is said as a note. True when it was done. What went wrong with one that
   * others waited for stays told.
   */
  readonly run: (act: () => Promise<unknown>) => Promise<boolean>
}

/** Makes one for a page; `after` each thing, done or not, and before the next, that follows. */
export function useWork(after: () => Promise<void> = nothing): Work {
  const line = useRef<Line>(undefined)
  line.current ??= oneAfterOther()
  const inLine = line.current
  const [state, setState] = useState<Omit<Work, 'run'>>({
    busy: false,
    trouble: undefined,
    note: undefined,
  })
  const once = async (act: () => Promise<unknown>, isNext: boolean): Promise<boolean> => {
    setState(({ trouble }) => ({
      busy: true,
      trouble: isNext ? trouble : undefined,
      note: undefined,
    }))
    try {
      const said = await act()
      const note = typeof said === 'string' ? said : undefined
      setState(({ trouble }) => ({ busy: false, trouble, note }))
      return true
    } catch (error) {
      setState({ busy: false, trouble: explainCase(codeOf(error)), note: undefined })
      return false
    }
  }
  const run: Work['run'] = (act) =>
    inLine(async (isNext) => {
      const isDone = await once(act, isNext)
      await after()
      return isDone
    })
  return { ...state, run }
}

async function nothing(): Promise<void> {}

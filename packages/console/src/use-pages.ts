/** A list that is read page by page, the newest first. */

import { useEffect, useState } from 'preact/hooks'
import type { Answer, Schema } from './request.ts'
import { load } from './session.ts'

/** What was read so far. */
export interface Pages<Page> {
  readonly pages: readonly Page[]
  /** The first page is on its way. */
  readonly isFirst: boolean
  readonly refused: string | undefined
  /** Reads the page behind the last one. */
  readonly more: (path: string) => void
  /** Begins anew. */
  readonly reload: () => void
}

/** Reads the first page at `path`, and others when asked; another `path` begins anew. */
export function usePages<Page>(path: string, schema: Schema<Page>): Pages<Page> {
  const [pages, setPages] = useState<readonly Page[]>([])
  const [isFirst, setFirst] = useState(true)
  const [refused, setRefused] = useState<string>()
  const [count, setCount] = useState(0)
  const take = (answer: Answer<Page>, before: readonly Page[]): void => {
    setFirst(false)
    setRefused(answer.kind === 'refused' ? answer.code : undefined)
    if (answer.kind === 'done') setPages([...before, answer.value])
  }
  useEffect(() => {
    let isWanted = true
    setFirst(true)
    setPages([])
    void load(path, schema).then((answer) => {
      if (isWanted) take(answer, [])
    })
    return () => {
      isWanted = false
    }
  }, [path, schema, count])
  return {
    pages,
    isFirst,
    refused,
    more: (next) => void load(next, schema).then((answer) => take(answer, pages)),
    reload: () => setCount((times) => times + 1),
  }
}

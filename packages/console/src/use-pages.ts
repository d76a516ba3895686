/** A list that is read page by page, the newest first. */

import { useEffect, useState } from 'preact/hooks'
import type { Answer, Schema } from './request.ts'
import { load } from './session.ts'

/** Where a page is read, and what stands in the body where one is searched for. */
export interface PageRequest {
  readonly path: string
  readonly body?: object
}

/** What was read so far. */
export interface Pages<Page> {
  readonly pages: readonly Page[]
  /** The first page is on its way. */
  readonly isFirst: boolean
  readonly refused: string | undefined
  /** Reads the page behind the last one. */
  readonly more: (next: PageRequest) => void
  /** Begins anew. */
  readonly reload: () => void
}

/** Reads the `first` page, and others when asked; another first one begins anew. */
export function usePages<Page>(first: PageRequest, schema: Schema<Page>): Pages<Page> {
  const { path } = first
  const body = JSON.stringify(first.body)
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
    void load(path, schema, body === undefined ? undefined : JSON.parse(body)).then((answer) => {
      if (isWanted) take(answer, [])
    })
    return () => {
      isWanted = false
    }
  }, [path, body, schema, count])
  return {
    pages,
    isFirst,
    refused,
    more: (next) => void load(next.path, schema, next.body).then((answer) => take(answer, pages)),
    reload: () => setCount((times) => times + 1),
  }
}

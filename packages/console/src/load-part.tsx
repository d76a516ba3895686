/** A part of a page with its own data: while it waits, where it fails, and what it shows. No part waits for another's. */

import { Button, Notice } from '@onetrip/ui'
import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { faultWords } from './error-words.ts'
import { tc } from './messages.ts'
import type { Answer, Schema } from './request.ts'
import { load } from './session.ts'

/** Data of a part. */
export interface Loaded<Value> {
  /** Undefined until the first answer; the last one stays while a further one is on its way. */
  readonly answer: Answer<Value> | undefined
  /** Reads again; settled once what came is shown. */
  readonly reload: () => Promise<void>
}

/** Reads `path` as soon as the part is shown, and again when asked. */
export function useLoaded<Value>(path: string, schema: Schema<Value>): Loaded<Value> {
  const [answer, setAnswer] = useState<Answer<Value>>()
  const latest = useRef<symbol | undefined>(undefined)
  const reload = async (): Promise<void> => {
    const own = Symbol(path)
    latest.current = own
    const next = await load(path, schema)
    if (latest.current === own) setAnswer(next)
  }
  useEffect(() => {
    void reload()
    return () => {
      latest.current = undefined
    }
  }, [path, schema])
  return { answer, reload }
}

/** Shows what was read, or why there is nothing. */
export function Part<Value>({
  of,
  children,
}: {
  readonly of: Loaded<Value>
  readonly children: (value: Value) => ComponentChildren
}): VNode {
  const { answer, reload } = of
  if (answer === undefined) return <p class="hint loading">{tc('loading')}</p>
  if (answer.kind === 'done') return <>{children(answer.value)}</>
  return (
    <Notice
      tone="bad"
      live="alert"
      title={tc('failed.title')}
      testId="part-failed"
      action={<Button onPress={() => void reload()}>{tc('failed.again')}</Button>}
    >
      {faultWords(answer.code)}
    </Notice>
  )
}

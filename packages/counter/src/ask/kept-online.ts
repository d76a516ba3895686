/** The request over the network that waits for its answer, in IndexedDB, so that a page that is loaded again goes on with it. */

import { openStore, type Store } from '@onetrip/ui'
import type { OnlineLinks } from './online-requests.ts'
import type { Question } from './open-requests.ts'

/** A request as it is kept; nothing in it is believed before its signature was verified again. */
export interface KeptOnline {
  readonly format: 1
  readonly question: Question
  /** Code of the part of the matter that it is for. */
  readonly part?: string
  readonly request: OnlineLinks
}

interface AskingSchema {
  readonly online: KeptOnline
}

const KEY = 'current'
const LINK_TEXTS = ['id', 'link', 'otherLink', 'compact', 'walletNonce', 'stateToken'] as const

/** The kept request; nothing where there is none, none that this version can read, or the browser refuses storage. */
export async function readKeptOnline(): Promise<KeptOnline | undefined> {
  const kept = await using((store) => store.get('online', KEY)).catch(() => undefined)
  return isKept(kept) ? kept : undefined
}

/** Keeps a request in the place of any before. Where the browser refuses storage, a page that is loaded again has lost it. */
export async function keepOnline(kept: KeptOnline): Promise<void> {
  await using((store) => store.put('online', KEY, kept)).catch(() => undefined)
}

/** Forgets the request `id`; another one that came meanwhile stays. */
export async function forgetOnline(id: string): Promise<void> {
  await using(async (store) => {
    const kept = await store.get('online', KEY)
    if (kept?.request.id === id) await store.delete('online', KEY)
  }).catch(() => undefined)
}

function isKept(kept: unknown): boolean {
  if (!isRecord(kept) || kept['format'] !== 1) return false
  const { question, request, part } = kept
  if (!isRecord(question) || !isRecord(request)) return false
  const { matter, purpose, wants } = question
  return (
    typeof matter === 'string' &&
    typeof purpose === 'string' &&
    Array.isArray(wants) &&
    (part === undefined || typeof part === 'string') &&
    LINK_TEXTS.every((name) => typeof request[name] === 'string')
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

async function using<Value>(work: (store: Store<AskingSchema>) => Promise<Value>): Promise<Value> {
  const store = await openStore<AskingSchema>({
    name: 'onetrip-asking',
    version: 1,
    boxes: ['online'],
  })
  try {
    return await work(store)
  } finally {
    store.close()
  }
}

/** Who is signed in, for which organisation, and with which rights there. */

import { type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import { forgetDrafts } from './draft.ts'
import { type Answer, ask, askFile, type Schema } from './request.ts'

const AGENCY_KEY = 'onetrip.console.agency'
const NAME = v.object({ 'zh-CN': v.string(), en: v.string() })
const ME = v.object({
  id: v.string(),
  name: v.string(),
  agencies: v.array(v.object({ id: v.string(), name: NAME })),
  agency: v.optional(v.string()),
  rights: v.array(v.object({ right: v.string() })),
  types: v.array(
    v.object({
      code: v.string(),
      version: v.number(),
      name: NAME,
      rights: v.array(v.string()),
    }),
  ),
})
const ENDED = v.object({ ended: v.literal(true) })

/** Somebody who is signed in. */
export interface Me {
  readonly id: string
  readonly name: string
  readonly agencies: readonly {
    readonly id: string
    readonly name: { readonly 'zh-CN': string; readonly en: string }
  }[]
  /** USCC for which they act; absent while they have to choose. */
  readonly agency?: string | undefined
  readonly rights: readonly string[]
  readonly types: readonly LicenceType[]
}

/** A type of licence in its newest version, and what the member may do with licences of it. */
export interface LicenceType {
  readonly code: string
  readonly version: number
  readonly name: { readonly 'zh-CN': string; readonly en: string }
  readonly rights: readonly string[]
}

/** What is known of the session. */
export type Session =
  | { readonly phase: 'loading' | 'out' }
  | { readonly phase: 'failed'; readonly code: string }
  | { readonly phase: 'in'; readonly me: Me }

const current = signal<Session>({ phase: 'loading' })
const anew = signal(false)

/** The session. */
export const session: ReadonlySignal<Session> = current

/** Whether an act waits until its person is authenticated anew. */
export const needsAnew: ReadonlySignal<boolean> = anew

/** Reads who is signed in. */
export async function loadSession(): Promise<void> {
  const answer = await ask({ path: '/api/staff/me', answer: ME, agency: keptAgency() })
  if (answer.kind === 'done') {
    const { rights, ...me } = answer.value
    current.value = { phase: 'in', me: { ...me, rights: rights.map(({ right }) => right) } }
    return
  }
  if (answer.code === 'auth/required') current.value = { phase: 'out' }
  // The organisation that was chosen is one in which they have no role any more.
  else if (answer.code === 'auth/forbidden' && keptAgency() !== undefined) await chooseAgency('')
  else current.value = { phase: 'failed', code: answer.code }
}

/** Acts for another organisation from here on; empty, for the only one there is. */
export async function chooseAgency(agency: string): Promise<void> {
  if (agency === '') sessionStorage.removeItem(AGENCY_KEY)
  else sessionStorage.setItem(AGENCY_KEY, agency)
  await loadSession()
}

/** Reads from the API as whoever is signed in; a session that is over leads to the sign-in. */
export async function load<Value>(
  path: string,
  answer: Schema<Value>,
  body?: object,
): Promise<Answer<Value>> {
  const search = body === undefined ? {} : { body }
  return heeded(await ask({ path, answer, agency: keptAgency(), ...search }))
}

/** Changes something; where that takes somebody authenticated a few minutes ago, asks for it. */
export async function act<Value>(
  path: string,
  options: {
    readonly answer: Schema<Value>
    readonly body: object
    readonly idempotencyKey?: string
  },
): Promise<Answer<Value>> {
  return heeded(await ask({ path, agency: keptAgency(), ...options }))
}

/** Fetches a file as whoever is signed in; what is searched for goes in `body`. */
export async function fetchFile(path: string, body?: object): Promise<Answer<Blob>> {
  const search = body === undefined ? {} : { body }
  return heeded(await askFile({ path, agency: keptAgency(), ...search }))
}

/** Leaves what waited for a new authentication. */
export function leaveAnew(): void {
  anew.value = false
}

/** Ends this session; where that fails the session stays on the screen. */
export async function signOut(): Promise<void> {
  await end({})
}

/** Ends all sessions of this person. */
export function signOutEverywhere(): Promise<Answer<unknown>> {
  return end({ everywhere: true })
}

async function end(body: object): Promise<Answer<unknown>> {
  const answer = await ask({ path: '/api/staff/sign-out', answer: ENDED, body })
  if (answer.kind === 'refused' && answer.code !== 'auth/required') return answer
  forgetDrafts()
  current.value = { phase: 'out' }
  return answer
}

function heeded<Value>(answer: Answer<Value>): Answer<Value> {
  if (answer.kind === 'refused') {
    if (answer.code === 'auth/required') current.value = { phase: 'out' }
    if (answer.code === 'sign-in/not-recent') anew.value = true
  }
  return answer
}

function keptAgency(): string | undefined {
  return sessionStorage.getItem(AGENCY_KEY) ?? undefined
}

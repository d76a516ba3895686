/** What a request carries through the middleware. */
import type { Context } from 'hono'
import type { Citizen } from '../citizens/citizen.ts'
import type { Actor } from '../rights/actor.ts'

/** Hono's environment of the API app. */
export interface AppEnvironment {
  Variables: {
    requestId: string
    /** Set by authentication, on `/api/*` only. */
    actor: Actor
    /** Set by authentication, on `/api/my/*` only. */
    citizen: Citizen
    /** Set by authentication: sees who they are, and what they may, once more. */
    seeAgain: (() => Promise<void>) | undefined
  }
}

/** A request being answered. */
export type AppContext = Context<AppEnvironment>

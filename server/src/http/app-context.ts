/** What a request carries through the middleware. */
import type { Context } from 'hono'
import type { Actor } from '../actors/api-keys.ts'
import type { Citizen } from '../citizens/citizen.ts'

/** Hono's environment of the API app. */
export interface AppEnvironment {
  Variables: {
    requestId: string
    /** Set by authentication, on `/api/*` only. */
    actor: Actor
    /** Set by authentication, on `/api/my/*` only. */
    citizen: Citizen
  }
}

/** A request being answered. */
export type AppContext = Context<AppEnvironment>

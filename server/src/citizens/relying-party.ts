/** Citizens at their identity provider: what its ID tokens mean here. */
import { fault } from '@onetrip/codec'
import * as v from 'valibot'
import type { IdentityProviderConfig } from '../config.ts'
import { plainText } from '../licences/plain-text.ts'
import {
  type Freshness,
  providerClient,
  type SignInSecrets,
} from '../openid-connect/provider-client.ts'
import type { Person } from './citizen.ts'

/**
 * The provider authenticates anew, whoever is signed in there: of a phone that somebody else holds, its own session must not be
 * enough.
 */
const FRESH: Freshness = { maxAgeSeconds: 60, isAnew: true }

const SUBJECT = v.pipe(v.string(), v.minLength(1), v.maxLength(255))
const REFERENCE = plainText(120)
const LEVEL = v.union([v.string(), v.pipe(v.number(), v.integer(), v.transform(String))])

/** The two steps with the provider. */
export interface RelyingParty {
  /** Levels that are enough to apply for something from home. */
  readonly applyLevels: readonly string[]
  /** Where the browser is sent. Throws `sign-in/unavailable`. */
  readonly authorize: (secrets: SignInSecrets) => Promise<URL>
  /**
   * Whom the provider names when the browser comes back with the query `search`. Throws `sign-in/refused` for every answer that is not
   * a good one, `sign-in/level` for a name that is not known well enough, `sign-in/unavailable`.
   */
  readonly finish: (search: string, secrets: SignInSecrets) => Promise<Person>
}

/** The relying party at `redirectUri`. */
export function relyingParty(provider: IdentityProviderConfig, redirectUri: string): RelyingParty {
  const client = providerClient(provider, redirectUri)
  return {
    applyLevels: provider.applyLevels,
    authorize: (secrets) => client.authorize(secrets, FRESH),
    finish: async (search, secrets) =>
      personOf(provider, await client.finish(search, secrets, FRESH)),
  }
}

function personOf(provider: IdentityProviderConfig, claims: ReadonlyMap<string, unknown>): Person {
  const subject = v.safeParse(SUBJECT, claims.get('sub'))
  const holderReference = v.safeParse(REFERENCE, claims.get(provider.holderClaim))
  if (!subject.success || !holderReference.success) throw fault('sign-in/refused')
  const level = v.safeParse(LEVEL, claims.get(provider.levelClaim))
  if (!level.success || !provider.levels.includes(level.output)) throw fault('sign-in/level')
  return {
    subject: subject.output,
    holderReference: holderReference.output,
    level: level.output,
  }
}

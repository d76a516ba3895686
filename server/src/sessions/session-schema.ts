/** The tables of signing in; columns as in `schema.ts`. None of their secrets is stored: ids, codes and tokens by their hash only. */

/**
 * A session. `cookie`: a browser at the API origin; `bearer`: a wallet. `person` is who signed in, JSON; `subject` is their
 * subject at the identity provider, by which all their sessions are found.
 */
export interface SessionTable {
  hash: string
  carrier: 'cookie' | 'bearer'
  subject: string
  person: string
  signed_in_at: number
  used_at: number
  ends_at: number
}

/** A sign-in under way, by the hash of the id in its browser's cookie; `goal` is where it leads, JSON. */
export interface SignInTable {
  hash: string
  goal: string
  expires_at: number
}

/** A code that a wallet exchanges once for its session; `challenge` is the SHA-256 of what only that wallet knows. */
export interface SignInCodeTable {
  hash: string
  challenge: string
  person: string
  expires_at: number
}

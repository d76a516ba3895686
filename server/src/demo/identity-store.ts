/** What the demo's identity provider keeps, in memory: whoever starts the demo anew signs in anew. */
import type { Adapter, AdapterPayload } from 'oidc-provider'

const MAX_ROWS = 10_000

interface Row {
  readonly payload: AdapterPayload
  readonly expiresAt: number
}

/** A store for each kind of record, by kind and id. */
export function identityStore(now: () => number): (kind: string) => Adapter {
  // In the order in which they were stored; of too many, the oldest go.
  const rows = new Map<string, Row>()
  const live = (key: string): AdapterPayload | undefined => {
    const row = rows.get(key)
    return row !== undefined && row.expiresAt > now() ? row.payload : undefined
  }
  return (kind) => {
    const keyOf = (id: string): string => `${kind}/${id}`
    const findBy = (matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined => {
      const keys = [...rows.keys()].filter((key) => key.startsWith(keyOf('')))
      return keys.map(live).find((payload) => payload !== undefined && matches(payload))
    }
    return {
      upsert: async (id, payload, expiresIn) => {
        // Nobody stays signed in: the next visitor of this browser may be somebody else of the cast.
        if (kind === 'Session' && payload.accountId !== undefined) return
        const seconds = expiresIn ?? Number.POSITIVE_INFINITY
        rows.set(keyOf(id), { payload, expiresAt: now() + seconds })
        for (const oldest of rows.keys()) {
          if (rows.size <= MAX_ROWS) break
          rows.delete(oldest)
        }
      },
      find: async (id) => live(keyOf(id)),
      findByUid: async (uid) => findBy((payload) => payload.uid === uid),
      findByUserCode: async () => undefined,
      consume: async (id) => {
        const payload = live(keyOf(id))
        if (payload !== undefined) payload.consumed = now()
      },
      destroy: async (id) => void rows.delete(keyOf(id)),
      revokeByGrantId: async (grantId) => {
        for (const [key, { payload }] of rows) if (payload.grantId === grantId) rows.delete(key)
      },
    }
  }
}

/** `onetrip keys retire`. */

/** What it understands. */
export const keysRetireSpec = {
  name: 'keys retire',
  summary: 'have a key sign no more; it stays listed until what it signed has ended',
  operands: ['ID'],
  options: {
    at: {
      value: 'TIME',
      help: 'from TIME on: 2026-03-01T09:10:00Z, or Unix seconds (default: the clock)',
    },
  },
  examples: ['keys retire 11339901maxyn0026j-issue-cbor-1'],
} as const

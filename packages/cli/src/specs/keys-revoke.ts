/** `onetrip keys revoke`. */

/** What it understands. */
export const keysRevokeSpec = {
  name: 'keys revoke',
  summary: 'what a key signed from a time on counts for nothing',
  operands: ['ID'],
  options: {
    from: { value: 'TIME', required: true, help: '2026-03-01T09:10:00Z, or Unix seconds' },
    person: { value: 'NAME', required: true, help: 'who revokes it' },
    emergency: { help: 'on the deny list at once; else with the next targets' },
  },
  notes: [
    'A thief may date back what they sign: --from has to be a time at which the key was surely not',
    'stolen yet. Where nobody knows one, it is the beginning of the key.',
  ],
  examples: [
    'keys revoke 11339901maxyn0026j-issue-cbor-1 --from 2026-03-01T09:10:00Z --person 陈样例 --emergency',
  ],
} as const

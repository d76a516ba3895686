/** `onetrip trust online-keys`. */

/** What it understands. */
export const trustOnlineKeysSpec = {
  name: 'trust online-keys',
  summary: 'print the public keys that this server signs snapshot, timestamp, deny and status with',
  operands: [],
  options: {
    renew: { help: 'make new ones first; they sign from the root and targets that name them' },
  },
  examples: ['trust online-keys', 'trust online-keys --renew'],
} as const

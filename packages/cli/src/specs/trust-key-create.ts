/** `onetrip trust key create`. */

/** What it understands. */
export const trustKeyCreateSpec = {
  name: 'trust key create',
  summary: 'make an offline key in an encrypted file; prints its public part (JWK)',
  operands: ['FILE'],
  options: {
    algorithm: { value: 'NAME', help: 'Ed25519 (default) or ES256' },
  },
  notes: ['The passphrase is asked for, or read from ONETRIP_KEY_PASSPHRASE or …_FILE.'],
  examples: ['trust key create root-1.key'],
} as const

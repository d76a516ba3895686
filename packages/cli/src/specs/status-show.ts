/** `onetrip status show`. */

/** What it understands. */
export const statusShowSpec = {
  name: 'status show',
  summary: 'show a status list, or one entry of it; nothing is fetched',
  operands: ['FILE'],
  options: {
    index: { value: 'N', help: 'what the list says of entry N' },
    key: {
      value: 'FILE',
      help: 'public JWK that has to have signed it; without it, nothing is verified',
    },
    at: {
      value: 'TIME',
      help: 'as of TIME: 2026-03-01T09:10:00Z, or Unix seconds (default: the clock)',
    },
    json: { help: 'print the whole as JSON' },
  },
  notes: ['FILE is the CWT or JWT form, - for standard input.'],
  exits: [
    '0 shown; with --index: valid',
    '1 not a good list, or not signed by the key; with --index: revoked or suspended',
    '3 with --index: no --key was given, the list has expired, or the value has no meaning',
  ],
  examples: ['status show list.cwt', 'status show list.cwt --index 42 --key status.jwk'],
} as const

/** `onetrip trust root sign`. */

/** What it understands. */
export const trustRootSignSpec = {
  name: 'trust root sign',
  summary: 'add a signature to a root',
  operands: ['FILE'],
  options: {
    key: { value: 'KEYFILE', required: true, help: 'key of this root or of the one before' },
    actor: { value: 'NAME', required: true, help: 'who does this, for the transcript' },
  },
  notes: ['The root before it, if any, lies beside it.'],
  examples: ['trust root sign ceremony/1.root.json --key root-1.key --actor 陈样例'],
} as const

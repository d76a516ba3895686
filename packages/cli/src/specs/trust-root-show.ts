/** `onetrip trust root show`. */

/** What it understands. */
export const trustRootShowSpec = {
  name: 'trust root show',
  summary: 'show what a root says, who has signed it, and its fingerprint for people to compare',
  operands: ['FILE'],
  options: { json: { help: 'print the whole as JSON' } },
  exits: [
    '0 signed by enough',
    '1 the transcript beside it is broken, or tells of another file',
    '3 waits for signatures',
  ],
  examples: ['trust root show ceremony/1.root.json'],
} as const

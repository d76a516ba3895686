/** `onetrip trust targets draft`. */

/** What it understands. */
export const trustTargetsDraftSpec = {
  name: 'trust targets draft',
  summary:
    'write the next targets and their documents from this installation, to be read and signed',
  operands: ['DIR'],
  options: {
    actor: { value: 'NAME', required: true, help: 'who does this, for the transcript' },
  },
  notes: ['Writes DIR/N.targets.json, and the documents in DIR/N.targets.'],
  examples: ['trust targets draft ceremony --actor 陈样例'],
} as const

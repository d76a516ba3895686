/** `onetrip trust targets sign`. */

/** What it understands. */
export const trustTargetsSignSpec = {
  name: 'trust targets sign',
  summary: 'add a signature to targets, after comparing the documents beside them',
  operands: ['FILE'],
  options: {
    key: { value: 'KEYFILE', required: true, help: 'a targets key of the root' },
    root: { value: 'FILE', required: true, help: 'the root that names who signs' },
    actor: { value: 'NAME', required: true, help: 'who does this, for the transcript' },
  },
  examples: [
    'trust targets sign ceremony/1.targets.json --root ceremony/1.root.json --key targets-1.key --actor 陈样例',
  ],
} as const

/** `onetrip trust root rotate`. */

/** What it understands. */
export const trustRootRotateSpec = {
  name: 'trust root rotate',
  summary: 'write the root after FILE beside it, to be signed by enough keys of both',
  operands: ['FILE'],
  options: {
    root: { value: 'JWK', repeat: true, help: 'root keys instead of those before' },
    'root-threshold': { value: 'M', help: 'how many root keys have to sign' },
    targets: { value: 'JWK', repeat: true, help: 'targets keys instead of those before' },
    'targets-threshold': { value: 'M', help: 'how many targets keys have to sign' },
    online: { value: 'FILE', help: 'what trust online-keys printed, if it changed' },
    days: { value: 'N', help: 'how long it is good for (default: 365)' },
    actor: { value: 'NAME', required: true, help: 'who does this, for the transcript' },
  },
  notes: ['What is left out stays as it is in FILE.'],
  examples: ['trust root rotate ceremony/1.root.json --online online.json --actor 陈样例'],
} as const

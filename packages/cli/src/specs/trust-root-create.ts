/** `onetrip trust root create`. */

/** What it understands. */
export const trustRootCreateSpec = {
  name: 'trust root create',
  summary: 'write DIR/1.root.json, to be signed',
  operands: ['DIR'],
  options: {
    root: { value: 'JWK', required: true, repeat: true, help: 'public key of a root keeper' },
    'root-threshold': { value: 'M', required: true, help: 'how many of them have to sign' },
    targets: { value: 'JWK', required: true, repeat: true, help: 'public key for targets' },
    'targets-threshold': { value: 'M', required: true, help: 'how many of them have to sign' },
    online: { value: 'FILE', required: true, help: 'what trust online-keys printed' },
    days: { value: 'N', help: 'how long it is good for (default: 365)' },
    actor: { value: 'NAME', required: true, help: 'who does this, for the transcript' },
  },
  examples: [
    'trust root create ceremony --root a.jwk --root b.jwk --root c.jwk --root-threshold 2 --targets d.jwk --targets e.jwk --targets-threshold 2 --online online.json --actor 陈样例',
  ],
} as const

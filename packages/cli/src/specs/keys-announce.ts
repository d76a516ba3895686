/** `onetrip keys announce`. */

/** What it understands. */
export const keysAnnounceSpec = {
  name: 'keys announce',
  summary: 'make the next key of an agency or office; verifiers hear of it before it signs',
  operands: [],
  options: {
    owner: { value: 'USCC', required: true, help: 'agency or office' },
    purpose: {
      value: 'PURPOSE',
      required: true,
      help: 'issue-cbor, issue-jws, status-cbor, status-jws; enrol for an office',
    },
    'lead-days': {
      value: 'N',
      help: 'days until it signs (default: 35, what offline verifiers need; 0 at once, after a theft)',
    },
  },
  notes: ['In production it signs only once targets that list it are signed and published.'],
  examples: ['keys announce --owner 11339901MAXYN0026J --purpose issue-cbor'],
} as const

/** `onetrip keys announce`. */

/** What it understands. */
export const keysAnnounceSpec = {
  name: 'keys announce',
  summary:
    'make the next key of an agency, an office or a seal maker; verifiers hear of it before it signs',
  operands: [],
  options: {
    owner: { value: 'USCC', required: true, help: 'agency, office or seal maker' },
    purpose: {
      value: 'PURPOSE',
      required: true,
      help: 'issue-cbor, issue-jws, status-cbor, status-jws; enrol for an office; seal-cbor, seal-jws',
    },
    'lead-days': {
      value: 'N',
      help: 'days until it may sign (default: 35); 0 is for a theft',
    },
  },
  notes: [
    'While another key is in force it signs once it has been listed for 30 days, which is what',
    'verifiers without a network need. In production it is listed when targets that name it are',
    'signed and published. After a theft revoke the other key: then it signs at once.',
  ],
  examples: ['keys announce --owner 11339901MAXYN0026J --purpose issue-cbor'],
} as const

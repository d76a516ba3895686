/** `onetrip inspect`. */

/** What it understands. */
export const inspectSpec = {
  name: 'inspect',
  summary: 'say what a file is and what stands in it; verifies nothing',
  operands: ['FILE'],
  options: {
    type: {
      value: 'FILE',
      repeat: true,
      help: 'a type definition that names the claims, beside the built-in samples',
    },
    json: { help: 'print the whole as JSON' },
  },
  notes: [
    'FILE is - for standard input. Codes (OT1:…; OT1F:…, one a line), credentials, presentations, seals, .seal files, status lists,',
    'trust data, keys, offers; other CBOR is shown in diagnostic notation, other JSON as it is. Secrets are left out.',
  ],
  exits: [
    '0 told',
    '1 not a good one of its kind (with its code)',
    '3 nothing that this command knows',
  ],
  examples: ['inspect live.txt', 'inspect credential.sdcwt --json', 'inspect - < offer.txt'],
} as const

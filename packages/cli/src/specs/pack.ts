/** `onetrip pack make`, `pack show`, `pack import`. */

/** What `pack make` understands. */
export const packMakeSpec = {
  name: 'pack make',
  summary: 'write an offline pack of a server’s or a store’s trust data, whole or as a delta',
  operands: [],
  options: {
    server: { value: 'URL', help: 'origin of the server whose trust data go in' },
    store: { value: 'DIR', help: 'trust data kept by pack import, in place of --server' },
    root: {
      value: 'FILE',
      help: 'root metadata that the trust data start from (default: the file named by ONETRIP_ROOT)',
    },
    base: {
      value: 'FILE',
      help: 'a pack that the receiver has imported: leave out what it brought',
    },
    'base-version': {
      value: 'N',
      help: 'snapshot version that the receiver has; the server leaves out what it named',
    },
    counter: {
      value: 'THUMBPRINT',
      help: 'with --server: add the certificate of this enrolled counter, which renews it offline',
    },
    receipts: {
      value: 'TYPE',
      repeat: true,
      help: 'with --server: add the log’s receipts for licences of this type (its code); the newest 10,000',
    },
    out: { value: 'FILE', required: true, help: 'the pack to write' },
    json: { help: 'print what was written as JSON' },
  },
  notes: [
    'What the root does not vouch for is not written.',
    'For --receipts the whole log is read, as by log verify; about 0.5 kB for each licence go in, hashes alone. What came into',
    'the log after its newest published checkpoint, at most an hour or so ago, is not among them.',
    'A pack on --base-version cannot be opened here, so only its index is checked.',
  ],
  exits: ['0 written', '1 refused, with the code; nothing is written'],
  examples: [
    'pack make --server https://api.onetrip.example --root root.json --out province.otpack',
    'pack make --store trust-data --root root.json --base old.otpack --out delta.otpack',
    'pack make --server https://api.onetrip.example --receipts 1110000099XYN9907G038 --out village.otpack',
  ],
} as const

/** What `pack show` understands. */
export const packShowSpec = {
  name: 'pack show',
  summary: 'show what an offline pack holds; with --root, what it is worth',
  operands: ['FILE'],
  options: {
    root: {
      value: 'FILE',
      help: 'root metadata to verify the pack with; without it, nothing is verified',
    },
    json: { help: 'print the whole as JSON' },
  },
  exits: ['0 shown', '1 not a good pack, or not vouched for by the root'],
  examples: ['pack show province.otpack', 'pack show province.otpack --root root.json --json'],
} as const

/** What `pack import` understands. */
export const packImportSpec = {
  name: 'pack import',
  summary: 'bring kept trust data up to date from an offline pack',
  operands: ['FILE'],
  options: {
    store: { value: 'DIR', required: true, help: 'where trust data are kept; made when not there' },
    root: {
      value: 'FILE',
      help: 'root metadata that the trust data start from (default: the file named by ONETRIP_ROOT)',
    },
    at: {
      value: 'TIME',
      help: 'as of TIME: 2026-03-01T09:10:00Z, or Unix seconds (default: the clock)',
    },
    json: { help: 'print what came of it as JSON' },
  },
  notes: [
    'The pack is verified as if it came over a network. An import that was broken off goes on',
    'where it stood; until all is there, what was kept before stays in use.',
  ],
  exits: [
    '0 imported',
    '1 refused, with the codes; what was kept stays in use',
    '2 imported, but for single lists or documents, with the codes; what was kept of them stays in use',
  ],
  examples: ['pack import province.otpack --store trust-data --root root.json'],
} as const

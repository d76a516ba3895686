/** `onetrip log …`. */

/** `onetrip log verify`: what it understands. */
export const logVerifySpec = {
  name: 'log verify',
  summary: "walk a server's whole log and check it against its checkpoint",
  operands: ['ADDRESS'],
  options: {
    vkey: { value: 'FILE', required: true, help: "the log's key, as log.vkey has it" },
    kept: {
      value: 'FILE',
      help: 'a checkpoint that was kept earlier; the log may only have grown since',
    },
    out: { value: 'FILE', help: 'keep the checkpoint in this file' },
    json: { help: 'print the whole as JSON' },
  },
  notes: [
    'ADDRESS is the origin of the API. Nothing that is fetched is believed before it leads to the signed root.',
  ],
  exits: ['0 the log is what its checkpoint says', '1 it is not, with the file that does not fit'],
  examples: ['log verify http://localhost:8787 --vkey log.vkey --out checkpoint.txt'],
} as const

/** `onetrip log audit`: what it understands. */
export const logAuditSpec = {
  name: 'log audit',
  summary: "check every row of this server's own record",
  operands: [],
  options: {
    kept: { value: 'FILE', help: 'a checkpoint that was kept elsewhere' },
    json: { help: 'print the whole as JSON' },
  },
  notes: [
    'Reads the database of ONETRIP_DATA_DIR. Rows that were taken back to an older state show only against a checkpoint kept elsewhere.',
  ],
  exits: ['0 every row fits', '1 the first that does not is named'],
  examples: ['log audit --kept checkpoint.txt'],
} as const

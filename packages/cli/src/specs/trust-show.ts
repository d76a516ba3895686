/** `onetrip trust show`. */

/** What it understands. */
export const trustShowSpec = {
  name: 'trust show',
  summary:
    'show what trust data are worth from a root: versions, ages, whom they name, what was refused',
  operands: [],
  options: {
    trust: { value: 'FILE', help: 'an offline pack' },
    store: { value: 'DIR', help: 'trust data kept by pack import, in place of --trust' },
    root: {
      value: 'FILE',
      help: 'root metadata that the trust data start from (default: the file named by ONETRIP_ROOT)',
    },
    at: {
      value: 'TIME',
      help: 'ages as of TIME: 2026-03-01T09:10:00Z, or Unix seconds (default: the clock)',
    },
    json: { help: 'print it as JSON' },
  },
  notes: ['Ages are judged by the general limits; a licence type may have others.'],
  exits: ['0 fresh', '2 stale', '3 too old to say anything'],
  examples: [
    'trust show --trust province.otpack --root root.json',
    'trust show --store trust-data --json',
  ],
} as const

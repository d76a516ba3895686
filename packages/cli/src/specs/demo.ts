/** `onetrip demo`. */

/** What it understands. */
export const demoSpec = {
  name: 'demo',
  summary: 'open the seeded demo',
  operands: [],
  options: {},
  notes: ['Configured by ONETRIP_* variables; Ctrl-C ends it, twice at once.'],
  examples: ['demo'],
  endsOnSignal: true,
} as const

/** `onetrip serve`. */

/** What it understands. */
export const serveSpec = {
  name: 'serve',
  summary: 'serve API, wallet and counter',
  operands: [],
  options: {},
  notes: [
    'Configured by ONETRIP_* variables (README).',
    'Ctrl-C or SIGTERM lets requests in flight end, for ten seconds; a second one ends at once.',
  ],
  examples: ['serve'],
  endsOnSignal: true,
} as const

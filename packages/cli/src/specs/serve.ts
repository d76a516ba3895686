/** `onetrip serve`. */

/** What it understands. */
export const serveSpec = {
  name: 'serve',
  summary: 'serve API, console, wallet and counter',
  operands: [],
  options: {
    'print-config': { help: 'print what it would run with, without secrets, and end' },
  },
  notes: [
    'Configured by ONETRIP_* variables (README).',
    'Ctrl-C or SIGTERM lets requests in flight end, for ten seconds; a second one ends at once.',
  ],
  examples: ['serve', 'serve --print-config'],
  endsOnSignal: true,
} as const

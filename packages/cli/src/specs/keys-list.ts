/** `onetrip keys list`. */

/** What it understands. */
export const keysListSpec = {
  name: 'keys list',
  summary: 'list the keys of agencies, offices and seal makers with their state',
  operands: [],
  options: { json: { help: 'print the whole as JSON' } },
  examples: ['keys list'],
} as const

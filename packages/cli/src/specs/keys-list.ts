/** `onetrip keys list`. */

/** What it understands. */
export const keysListSpec = {
  name: 'keys list',
  summary: 'list the keys of agencies and offices with their state',
  operands: [],
  options: { json: { help: 'print the whole as JSON' } },
  examples: ['keys list'],
} as const

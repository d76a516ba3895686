/** `onetrip register`. */

/** What it understands. */
export const registerSpec = {
  name: 'register',
  summary:
    'add agencies, offices, seal makers, time-stampers, licence types, catalogue, guides, recognised provinces',
  operands: ['FILE'],
  options: {},
  examples: ['register agencies.json'],
} as const

/** `onetrip register`. */

/** What it understands. */
export const registerSpec = {
  name: 'register',
  summary:
    'add agencies, offices, seal makers, licence types, catalogue, recognised provinces (JSON)',
  operands: ['FILE'],
  options: {},
  examples: ['register agencies.json'],
} as const

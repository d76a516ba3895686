/** `onetrip register`. */

/** What it understands. */
export const registerSpec = {
  name: 'register',
  summary: 'add agencies, offices and licence types (JSON)',
  operands: ['FILE'],
  options: {},
  examples: ['register agencies.json'],
} as const

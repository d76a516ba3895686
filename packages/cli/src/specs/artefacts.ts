/** `onetrip artefacts`. */

/** What it understands. */
export const artefactsSpec = {
  name: 'artefacts',
  summary: 'write one of each code and credential, with the trust data to check them',
  operands: ['DIR'],
  options: {},
  examples: ['artefacts out'],
} as const

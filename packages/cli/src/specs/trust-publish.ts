/** `onetrip trust publish`. */

/** What it understands. */
export const trustPublishSpec = {
  name: 'trust publish',
  summary: 'bring signed roots and targets to this installation; all of them or none',
  operands: ['FILE…'],
  options: {
    actor: { value: 'NAME', required: true, help: 'who does this, for the transcript' },
  },
  notes: ['Documents are taken from N.targets beside N.targets.json. Repeating changes nothing.'],
  exits: ['0 in force', '1 refused, with the reason; nothing changed'],
  examples: ['trust publish ceremony/1.root.json ceremony/1.targets.json --actor 陈样例'],
} as const

/** `onetrip api-key`. */

/** What it understands. */
export const apiKeySpec = {
  name: 'api-key',
  summary: 'make an API key and print it once',
  operands: [],
  options: {
    agency: { value: 'USCC', required: true, help: 'the agency it acts for' },
    types: { value: 'CODES', required: true, help: 'comma-separated type codes' },
    person: { value: 'NAME', help: 'the person who holds it' },
    system: { value: 'NAME', help: 'the system that holds it' },
    roles: {
      value: 'ROLES',
      help: 'comma-separated: issue, change-status, read, enrol, ask, own-seals, make-seals, request-seal, keep-seals, audit, accept-cases, review-cases, approve-cases (default: those before audit)',
    },
    offices: {
      value: 'IDS',
      help: 'comma-separated offices whose counters it enrols (default: none)',
    },
    'seal-makers': {
      value: 'USCCS',
      help: 'comma-separated seal makers for which it makes seals (default: none)',
    },
  },
  notes: [
    'One of --person and --system. Two keys of one name are one person’s: nobody approves their own request.',
  ],
  examples: [
    'api-key --agency 11339901MAXYN0026J --types 1110000099XYN9907G038 --person 赵经办 --roles read',
  ],
} as const

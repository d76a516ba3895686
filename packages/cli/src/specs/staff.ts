/** `onetrip staff`. */

/** What it understands. */
export const staffSpec = {
  name: 'staff',
  summary: 'register a member of staff and give them a role',
  operands: [],
  options: {
    agency: { value: 'USCC', required: true, help: 'the agency or office' },
    subject: {
      value: 'SUB',
      required: true,
      help: 'their sub at the identity provider of staff (ONETRIP_STAFF_ISSUER)',
    },
    name: { value: 'NAME', required: true, help: 'as colleagues read it' },
    role: {
      value: 'ROLE',
      required: true,
      help: 'clerk, reviewer, approver, seal-keeper, auditor or administrator',
    },
    by: { value: 'NAME', required: true, help: 'who gives it: somebody else' },
    matter: { value: 'CODE', help: 'the one matter it is for (default: all)' },
  },
  notes: [
    'For the first administrator of an organisation: they register the others in the console.',
    'A name that an API key has is the same person’s; namesakes need something that tells them apart.',
  ],
  examples: [
    'staff --agency 11339901XYN000014M --subject 10042 --name 吴样例 --role administrator --by 郑运维',
  ],
} as const

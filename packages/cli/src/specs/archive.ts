/** `onetrip archive`. */

/** What it understands. */
export const archiveSpec = {
  name: 'archive',
  summary: 'write the archive packages of cases that are over into a folder, one file for each',
  operands: ['FOLDER'],
  options: {
    agency: { value: 'USCC', required: true, help: 'the window that took the cases in' },
    from: { value: 'DAY', help: 'cases that ended on this day (2026-11-01) or later' },
    to: { value: 'DAY', help: 'on this day or earlier; both days are in Asia/Shanghai' },
    case: { value: 'ID', repeat: true, help: 'one case by its id or number instead of days' },
    person: { value: 'NAME', required: true, help: 'who takes the packages, for the log' },
  },
  notes: [
    'Configured by ONETRIP_* variables, as serve, which may run meanwhile. A package is there whole or not at all; one that is there is left as it is, so that the',
    'same command goes on where it stopped. Each is recorded in the log as given out. onetrip verify checks it, without this server.',
  ],
  exits: [
    '0 all are there',
    '1 some could not be packed, or a file of that name is something else',
  ],
  examples: [
    'archive /archive/2026-11 --agency 12339901XYN0000570 --from 2026-11-01 --to 2026-11-30 --person 陈样例',
    'archive /archive --agency 12339901XYN0000570 --case 20261127000012 --person 陈样例',
  ],
} as const

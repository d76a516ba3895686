/** `onetrip log …`. */

/** `onetrip log verify`: what it understands. */
export const logVerifySpec = {
  name: 'log verify',
  summary: "walk a server's whole log and check it against its checkpoint",
  operands: ['ADDRESS'],
  options: {
    vkey: { value: 'FILE', required: true, help: "the log's key, as log.vkey has it" },
    kept: {
      value: 'FILE',
      help: 'a checkpoint that was kept earlier; the log may only have grown since',
    },
    out: { value: 'FILE', help: 'keep the checkpoint in this file' },
    json: { help: 'print the whole as JSON' },
  },
  notes: [
    'ADDRESS is the origin of the API. Nothing that is fetched is believed before it leads to the signed root.',
  ],
  exits: ['0 the log is what its checkpoint says', '1 it is not, with the file that does not fit'],
  examples: ['log verify http://localhost:8787 --vkey log.vkey --out checkpoint.txt'],
} as const

/** `onetrip log acts`: what it understands. */
export const logActsSpec = {
  name: 'log acts',
  summary: 'tell what was done, the newest first, with the facts that prove themselves',
  operands: [],
  options: {
    server: { value: 'URL', required: true, help: 'the server' },
    'key-file': { value: 'FILE', help: 'file with the API key (default: ONETRIP_API_KEY)' },
    kind: { value: 'KIND', help: 'issuance, impression, or an act such as licence/status' },
    agency: { value: 'USCC', help: 'in whose name (an auditor’s key reads all)' },
    about: { value: 'ID', help: 'licence, offer, seal, use, counter, key, actor, or a digest' },
    since: { value: 'TIME', help: 'from this time on, such as 2026-03-01T09:10:00Z' },
    until: { value: 'TIME', help: 'before this time' },
    before: { value: 'INDEX', help: 'below this index, as the page before says' },
    limit: { value: 'COUNT', help: 'entries of a page, up to 256 (default: 50)' },
    json: { help: 'print the whole as JSON' },
  },
  notes: [
    'The key reads its own organisation, with the role audit all. Each fact is checked against what stands in the log;',
    'that the entry stands there is proven by log prove INDEX.',
  ],
  exits: ['0 told', '1 a fact is not what the log holds'],
  examples: ['log acts --server https://api.example.cn --key-file key.txt --kind licence/status'],
} as const

/** `onetrip log prove`: what it understands. */
export const logProveSpec = {
  name: 'log prove',
  summary: 'prove that something stands in a server’s log, in words and as a file',
  operands: ['ID'],
  options: {
    server: { value: 'URL', required: true, help: 'the server' },
    'key-file': { value: 'FILE', help: 'file with the API key (default: ONETRIP_API_KEY)' },
    vkey: { value: 'FILE', required: true, help: "the log's key, as log.vkey has it" },
    fact: { help: 'tell the facts behind the entries, for whose API key may read them' },
    out: { value: 'FOLDER', help: 'write each proof as INDEX.tlog-proof there' },
    json: { help: 'print the whole as JSON' },
  },
  notes: [
    'ID is the index of an entry, which needs no API key; or the id of a licence, offer, seal or seal use, or a digest (base64url).',
    'Without --out the files (C2SP tlog-proof) are printed behind the words.',
  ],
  exits: ['0 proven', '1 not proven, with the code that says why'],
  examples: [
    'log prove 120 --server http://localhost:8787 --vkey log.vkey',
    'log prove 0193e1f4-8a10-7c3e-9f00-2b1c4d5e6f70 --server https://api.example.cn --vkey log.vkey --key-file key.txt --fact',
  ],
} as const

/** `onetrip log audit`: what it understands. */
export const logAuditSpec = {
  name: 'log audit',
  summary: "check every row of this server's own record",
  operands: [],
  options: {
    kept: { value: 'FILE', help: 'a checkpoint that was kept elsewhere' },
    json: { help: 'print the whole as JSON' },
  },
  notes: [
    'Reads the database of ONETRIP_DATA_DIR. Rows that were taken back to an older state show only against a checkpoint kept elsewhere.',
  ],
  exits: ['0 every row fits', '1 the first that does not is named'],
  examples: ['log audit --kept checkpoint.txt'],
} as const

/** `onetrip log witness-key create`: what it understands. */
export const logWitnessKeyCreateSpec = {
  name: 'log witness-key create',
  summary: "make a witness's key in an encrypted file; prints its public part (C2SP verifier key)",
  operands: ['FILE'],
  options: {
    name: { value: 'NAME', required: true, help: 'name of the witness, like that of a host' },
  },
  notes: ['The passphrase is asked for, or read from ONETRIP_KEY_PASSPHRASE or …_FILE.'],
  examples: ['log witness-key create witness.key --name witness.example.cn/w1'],
} as const

/** `onetrip log witness`: what it understands. */
export const logWitnessSpec = {
  name: 'log witness',
  summary: 'cosign the checkpoints of logs that only grew (C2SP tlog-witness)',
  operands: [],
  options: {
    key: { value: 'FILE', required: true, help: 'key file, as log witness-key create makes it' },
    name: { value: 'NAME', required: true, help: 'name of the witness' },
    logs: {
      value: 'FILE',
      required: true,
      help: 'keys of the logs to follow, as log.vkey has one, each in a line',
    },
    state: { value: 'FILE', required: true, help: 'database of what was cosigned; made at first' },
    port: { value: 'PORT', help: 'where to listen (default: 8790)' },
    host: { value: 'HOST', help: 'where to listen (default: 127.0.0.1)' },
  },
  notes: [
    'Not on the machine of the log, and in nobody’s hands who runs it. TLS is a reverse proxy’s. A state that is put back to an older',
    'one makes it a witness of nothing: begin with another key then. Ctrl-C or SIGTERM lets requests in flight end.',
  ],
  examples: [
    'log witness --key witness.key --name witness.example.cn/w1 --logs logs.txt --state witness.sqlite',
  ],
  endsOnSignal: true,
} as const

/** `onetrip log monitor`: what it understands. */
export const logMonitorSpec = {
  name: 'log monitor',
  summary: 'follow a log, and tell an agency what it did not expect in its name',
  operands: ['ADDRESS'],
  options: {
    vkey: { value: 'FILE', required: true, help: "the log's key, as log.vkey has it" },
    state: { value: 'FILE', required: true, help: 'how far it was followed; made at first' },
    witnesses: {
      value: 'FILE',
      help: 'JSON [{ "vkey", "url" }]: what they saw has to be what is shown',
    },
    agency: { value: 'USCC', help: 'whose entries are looked at' },
    seal: { value: 'NUMBER', repeat: true, help: 'number of a seal of the agency' },
    expected: {
      value: 'FILE',
      help: 'what is expected, one in a line: leaf hash or digest; with facts also id of a licence, credential or seal use',
    },
    facts: {
      value: 'FILE',
      help: 'what stands behind the entries, an answer of GET /api/log/entries',
    },
    'key-file': {
      value: 'FILE',
      help: 'in its place: API key of the agency, to ask ADDRESS for them',
    },
    hours: { value: 'HH:MM-HH:MM', help: 'working hours in China (default: 08:30-17:30)' },
    calendar: {
      value: 'FILE',
      help: 'days that are other than their weekday: lines 2026-10-01 off, 2026-10-10 on',
    },
    burst: { value: 'ACTS/SECONDS', help: 'more acts of one officer are told (default: 30/600)' },
    pair: {
      value: 'COUNT',
      help: 'approvals by two who have nobody else are told from (default: 10)',
    },
    system: { value: 'ACTOR', repeat: true, help: 'an actor that is no person' },
    interval: { value: 'SECONDS', help: 'how often it looks (default: 60)' },
    once: { help: 'look once, and end' },
    json: { help: 'one JSON object a line' },
  },
  notes: [
    'ADDRESS is the origin of the API. What is not expected is looked for again five seconds later, as a system may write its list then.',
    'Where the log is at fault, the notes that prove it are written beside the state, and the command ends.',
  ],
  exits: [
    '0 nothing to tell',
    '1 the log was rewritten, shows different people different things, or is not there, with the code',
    '2 something was told',
  ],
  examples: [
    'log monitor https://api.example.cn --vkey log.vkey --state log.state --agency 11339901XYN000014M --expected expected.txt --key-file key.txt',
    'log monitor http://localhost:8787 --vkey log.vkey --state log.state --witnesses witnesses.json --once --json',
  ],
  endsOnSignal: true,
} as const

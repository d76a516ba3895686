/** `onetrip seal …`: commands that speak to a server's API. */

/** What `seal list` understands. */
export const sealListSpec = {
  name: 'seal list',
  summary: 'list an organisation’s seals, or those of a seal maker',
  operands: [],
  options: {
    server: { value: 'URL', required: true, help: 'the server' },
    'key-file': { value: 'FILE', help: 'file with the API key (default: ONETRIP_API_KEY)' },
    json: { help: 'print the answer as JSON' },
  },
  examples: ['seal list --server https://api.example.cn --key-file key.txt'],
} as const

/** What `seal apply` understands. */
export const sealApplySpec = {
  name: 'seal apply',
  summary: 'apply for a seal, and print its id',
  operands: [],
  options: {
    server: { value: 'URL', required: true, help: 'the server' },
    'key-file': { value: 'FILE', help: 'file with the API key (default: ONETRIP_API_KEY)' },
    maker: { value: 'USCC', required: true, help: 'the seal maker' },
    name: { value: 'TEXT', required: true, help: 'name of the seal' },
    kind: {
      value: 'CODE',
      required: true,
      help: '01 name, 02 finance, 03 invoice, 04 contract, 05 representative, 99 other',
    },
    rank: { value: 'RANK', help: 'rank of the owner, which decides the diameter' },
    'lower-line': { value: 'TEXT', help: 'the line below the star' },
    image: { value: 'PNG', help: 'a picture of one’s own, instead of one that is drawn' },
    size: { value: 'WxH', help: 'its size in millimetres, such as 40x40' },
    replaces: { value: 'ID', help: 'the seal that ends when this one is registered' },
    licences: { help: 'the agency issues its licences under it' },
    reason: { value: 'TEXT', required: true, help: 'why, for the record' },
    json: { help: 'print the answer as JSON' },
  },
  examples: [
    'seal apply --server https://api.example.cn --maker 91339901MAXYN002XT --name 某局公文专用章 --kind 99 --reason 发文',
  ],
} as const

/** What `seal step` understands. */
export const sealStepSpec = {
  name: 'seal step',
  summary: 'take a step in a seal’s life',
  operands: ['SEAL', 'STEP'],
  options: {
    server: { value: 'URL', required: true, help: 'the server' },
    'key-file': { value: 'FILE', help: 'file with the API key (default: ONETRIP_API_KEY)' },
    days: { value: 'N', help: 'with make: how many days the seal is good for (default: 1095)' },
    reason: { value: 'TEXT', required: true, help: 'why, for the record' },
    json: { help: 'print the answer as JSON' },
  },
  notes: [
    'Steps of its maker: make, refuse, register.',
    'Steps of its owner: suspend, resume, cancel. The first person’s resume asks for it; it is done with another’s.',
  ],
  examples: [
    'seal step 01a2bff4-7a00-78ae-847c-3c3409ceb140 make --server https://api.example.cn --reason 按申请制作',
  ],
} as const

/** What `seal record` understands. */
export const sealRecordSpec = {
  name: 'seal record',
  summary: 'print every use of a seal that was asked for, as a table (CSV)',
  operands: ['SEAL'],
  options: {
    server: { value: 'URL', required: true, help: 'the server' },
    'key-file': { value: 'FILE', help: 'file with the API key (default: ONETRIP_API_KEY)' },
    json: { help: 'print the answer as JSON' },
  },
  examples: ['seal record 01a2bff4-7a00-78ae-847c-3c3409ceb140 --server https://api.example.cn'],
} as const

/** What `seal request` understands. */
export const sealRequestSpec = {
  name: 'seal request',
  summary: 'ask for a seal on files, and print the id of the request',
  operands: ['SEAL', 'FILE…'],
  options: {
    server: { value: 'URL', required: true, help: 'the server' },
    'key-file': { value: 'FILE', help: 'file with the API key (default: ONETRIP_API_KEY)' },
    purpose: { value: 'TEXT', required: true, help: 'what for; stands in each impression' },
    keyword: { value: 'WORD', help: 'PDF: the middle of the seal goes on this word' },
    at: { value: 'PAGE,X,Y', help: 'PDF: the middle of the seal, in points from below left' },
    json: { help: 'print the answer as JSON' },
  },
  notes: [
    'The files stay here; the server is told their digests.',
    'With --keyword or --at the seal stands in the PDF, else a .seal lies beside the file.',
  ],
  examples: [
    'seal request 01a2bff4-7a00-78ae-847c-3c3409ceb140 letter.pdf --keyword 盖章 --purpose 答复来函 --server https://api.example.cn',
  ],
} as const

/** What `seal decide` understands. */
export const sealDecideSpec = {
  name: 'seal decide',
  summary: 'approve or refuse a request, as another person, over exactly these files',
  operands: ['USE', 'FILE…'],
  options: {
    server: { value: 'URL', required: true, help: 'the server' },
    'key-file': { value: 'FILE', help: 'file with the API key (default: ONETRIP_API_KEY)' },
    refuse: { help: 'refuse instead of approving' },
    reason: { value: 'TEXT', help: 'why, for the record' },
    json: { help: 'print the answer as JSON' },
  },
  examples: [
    'seal decide 01a2bff4-7a00-78ae-847c-3c3409ceb140 letter.pdf --server https://api.example.cn',
  ],
} as const

/** What `seal put` understands. */
export const sealPutSpec = {
  name: 'seal put',
  summary: 'put the approved seal on a file',
  operands: ['USE', 'FILE'],
  options: {
    server: { value: 'URL', required: true, help: 'the server' },
    'key-file': { value: 'FILE', help: 'file with the API key (default: ONETRIP_API_KEY)' },
    out: { value: 'FILE', help: 'where to (default: FILE.seal; for a PDF, FILE with -sealed)' },
    pdf: { help: 'the request was for a seal in the PDF' },
    json: { help: 'print the answer as JSON' },
  },
  notes: [
    'Repeating gives the same bytes. A .seal that is there already goes on, and is covered by the new impression.',
  ],
  examples: [
    'seal put 01a2bff4-7a00-78ae-847c-3c3409ceb140 letter.txt --server https://api.example.cn',
    'seal put 01a2bff4-7a00-78ae-847c-3c3409ceb140 letter.pdf --pdf --out sealed.pdf --server https://api.example.cn',
  ],
} as const

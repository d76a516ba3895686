/** `onetrip verify`. */

/** What it understands. */
export const verifySpec = {
  name: 'verify',
  summary:
    'check a code, credential, presentation, delegation, request, answer, receipt, seal, sealed file or archive package, without a network',
  operands: ['FILE'],
  options: {
    trust: { value: 'FILE', help: 'the offline pack: trust list, types, status lists' },
    store: { value: 'DIR', help: 'the trust data kept by pack import, in place of --trust' },
    office: { value: 'ID', required: true, help: 'the office that verifies' },
    root: {
      value: 'FILE',
      help: 'root metadata that the trust data start from (default: the file named by ONETRIP_ROOT)',
    },
    seal: { value: 'FILE', help: 'the .seal of FILE (default: FILE.seal, when it is there)' },
    request: {
      value: 'FILE',
      help: 'the request that FILE answers, or that the receipt FILE is for',
    },
    answer: { value: 'FILE', help: 'the answer that the receipt FILE is for' },
    receipt: {
      value: 'FILE',
      help: 'the receipt of the log (COSE) for FILE, where it carries none',
    },
    accept: {
      value: 'MODES',
      help: 'comma-separated: requested, live, document, copy, paper, delegate (default: all)',
    },
    at: {
      value: 'TIME',
      help: 'verify as of TIME: 2026-03-01T09:10:00Z, or Unix seconds (default: the clock)',
    },
    json: { help: 'print the verdict as JSON' },
  },
  notes: [
    'FILE is - for standard input. A file beside which its .seal lies is a sealed file of any size; its type is that of its',
    'name. A PDF without a .seal carries its seals. With --request, FILE is an answer to it, unless it is a receipt. The frames of',
    'an animated code stand one a line in one file. An answer over the network is a vp_token in JSON, its request a request object (JWT).',
    'An archive package (ZIP) brings the trust data of its day, in place of --trust; its root is one of that day, or earlier.',
  ],
  exits: ['0 valid', '1 invalid', '2 caution', '3 unverifiable'],
  examples: [
    'verify live.txt --trust province.otpack --root root.json --office 12339901XYN0000570',
    'verify - --trust province.otpack --root root.json --office 12339901XYN0000570 --json < paper.txt',
    'verify letter.txt --trust province.otpack --root root.json --office 12339901XYN0000570',
    'verify answer.txt --request request.txt --trust province.otpack --root root.json --office 12339901XYN0000570',
    'verify case.zip --root root.json --office 12339901XYN0000570',
    'verify live.txt --store trust-data --root root.json --office 12339901XYN0000570',
  ],
} as const

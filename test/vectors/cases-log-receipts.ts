/** Cases about receipts of the log, and about what they spare when a key is revoked (RFC 9942, ARCHITECTURE §5, §7). */
import { type CborValue, publicKeyToJwk, toHex } from '@onetrip/codec'
import { rootOfInclusion } from '@onetrip/log'
import {
  LOGGED,
  type LoggedName,
  loggedLeaf,
  PUBLISHED,
  pathOf,
  receiptOf,
  rootAt,
} from './logged-repositories.ts'
import {
  copyCode,
  foodCredential,
  liveCode,
  liveSdJwt,
  paperCode,
  REQUEST,
  requestedCode,
  type VectorCase,
} from './vector-case.ts'
import { OFFICE, seededSigner, signers } from './vector-cast.ts'

type Pack = 'logged' | 'witnessed'
/** The words of a case, its pack, which credential, what stands in its header of receipts, outcome and code. */
type Row = readonly [
  string,
  Pack,
  LoggedName,
  () => Promise<CborValue | undefined>,
  VectorCase['outcome'],
  string?,
]

const RECEIPTS = 394
const none = async (): Promise<undefined> => undefined
const one =
  (...of: Parameters<typeof receiptOf>) =>
  async (): Promise<CborValue> => [await receiptOf(...of)]

const ROWS: readonly Row[] = [
  ['good', 'logged', 'good', one('good'), 'valid'],
  ['witnessed', 'witnessed', 'good', one('good'), 'valid'],
  ['not required', 'witnessed', 'good', none, 'valid'],
  ['missing', 'logged', 'good', none, 'unverifiable', 'receipt/missing'],
  ['of a newer root', 'logged', 'good', one('good', { size: 7 }), 'valid'],
  [
    'of a newer root that witnesses have to see',
    ...(['witnessed', 'good', one('good', { size: 7 }), 'caution', 'receipt/unwitnessed'] as const),
  ],
  [
    'of a root that too few witnesses saw',
    ...(['witnessed', 'good', one('good', { size: 6 }), 'caution', 'receipt/unwitnessed'] as const),
  ],
  [
    'two of which one is witnessed',
    'witnessed',
    'good',
    async () => [await receiptOf('good', { size: 7 }), await receiptOf('good')],
    'valid',
  ],
  [
    'two of which one is of another log',
    'logged',
    'good',
    async () => [
      await receiptOf('good', { log: 'log.elsewhere.example' }),
      await receiptOf('good'),
    ],
    'valid',
  ],
  [
    'two of other logs',
    'logged',
    'good',
    async () => [
      await receiptOf('good', { log: 'log.elsewhere.example' }),
      await receiptOf('good', { log: 'log.nowhere.example' }),
    ],
    ...(['unverifiable', 'log/other-log'] as const),
  ],
  [
    'two of which one is forged',
    'witnessed',
    'good',
    async () => [await receiptOf('good'), await receiptOf('backDated')],
    ...(['invalid', 'log/other-root'] as const),
  ],
  [
    'three',
    'logged',
    'good',
    async () => [await receiptOf('good'), await receiptOf('good'), await receiptOf('good')],
    ...(['invalid', 'credential/format'] as const),
  ],
  [
    'of another log',
    ...(['logged', 'good', one('good', { log: 'log.elsewhere.example' })] as const),
    ...(['unverifiable', 'log/other-log'] as const),
  ],
  [
    'under another key',
    ...(['logged', 'good', one('good', { signer: seededSigner('other log') })] as const),
    ...(['invalid', 'log/other-root'] as const),
  ],
  ['of another entry', 'logged', 'good', one('backDated'), 'invalid', 'log/other-root'],
  [
    'with a hash of 31 bytes',
    'logged',
    'good',
    async () => {
      const [first = new Uint8Array(32), ...rest] = pathOf('good')
      return [await receiptOf('good', { path: [first.slice(1), ...rest] })]
    },
    ...(['invalid', 'log/proof'] as const),
  ],
  [
    'with a path that is too short',
    ...(['logged', 'good', one('good', { path: pathOf('good').slice(1) })] as const),
    ...(['invalid', 'log/proof'] as const),
  ],
  [
    'with an index outside the tree',
    ...(['logged', 'good', one('good', { index: 2 ** 53 - 1 })] as const),
    ...(['invalid', 'log/proof'] as const),
  ],
  [
    'of another size with the same root',
    'logged',
    'good',
    one('good', { size: PUBLISHED + 1, root: rootAt(PUBLISHED), path: pathOf('good') }),
    ...(['invalid', 'log/proof'] as const),
  ],
  [
    'of a tree with one leaf',
    'logged',
    'good',
    one('good', { size: 1, index: 0, path: [], root: loggedLeaf('good') }),
    'valid',
  ],
  [
    'of a tree with one leaf and a path',
    ...(['logged', 'good', one('good', { size: 1, index: 0 })] as const),
    ...(['invalid', 'log/proof'] as const),
  ],
  [
    'of another history',
    'logged',
    'good',
    async () => {
      const [, ...rest] = pathOf('good')
      const path = [loggedLeaf('spared'), ...rest]
      const proof = { index: 3, size: PUBLISHED, path }
      const root = rootOfInclusion(loggedLeaf('good'), proof)
      return [await receiptOf('good', { path, root })]
    },
    ...(['invalid', 'receipt/fork'] as const),
  ],
  ['that is none', 'logged', 'good', async () => [new Uint8Array(9)], 'invalid', 'log/receipt'],
  ['spared', 'logged', 'spared', one('spared'), 'valid'],
  ['spared by witnesses', 'witnessed', 'spared', one('spared'), 'valid'],
  ['not spared without', 'witnessed', 'spared', none, 'invalid', 'key/revoked'],
  [
    'not spared by a root that is not published',
    ...(['logged', 'spared', one('spared', { size: 7 }), 'invalid', 'key/revoked'] as const),
  ],
  ['dated back', 'logged', 'backDated', one('backDated'), 'invalid', 'key/revoked'],
  ['dated back and secret', 'logged', 'backDated', none, 'invalid', 'key/revoked'],
  ['dated back where none is required', 'witnessed', 'backDated', none, 'valid'],
]

/** All cases of this kind. */
export async function logReceiptCases(): Promise<readonly VectorCase[]> {
  return [...(await Promise.all(ROWS.map(caseOf))), ...(await otherWays())]
}

async function caseOf([words, trust, name, receipts, outcome, code]: Row): Promise<VectorCase> {
  const value = await receipts()
  const unprotected = value === undefined ? [] : [[RECEIPTS, value] as const]
  const credential = { ...LOGGED[name], unprotected }
  return {
    name: `log-receipt-${words.replaceAll(' ', '-')}`,
    clause: name === 'good' ? 'RFC 9942' : 'ARCHITECTURE §10 T4',
    why: `a licence with a receipt: ${words}`,
    input: { trust, text: await liveCode(credential), office: OFFICE },
    outcome,
    ...(code === undefined ? {} : { code }),
  }
}

/** Ways of showing that cannot carry a receipt, or need none, with a type that requires one. */
async function otherWays(): Promise<readonly VectorCase[]> {
  const clause = 'ARCHITECTURE §7'
  const trust = 'logged'
  const missing = { outcome: 'unverifiable', code: 'receipt/missing' } as const
  const holderKey = publicKeyToJwk(signers.holder.publicKey)
  return [
    {
      name: 'log-receipt-missing-requested',
      clause,
      why: 'an answer without the receipt that its type requires',
      input: { trust, text: await requestedCode(), office: OFFICE, request: REQUEST },
      ...missing,
    },
    {
      name: 'log-receipt-missing-sd-jwt',
      clause,
      why: 'JSON carries no receipt: who verifies has to have it',
      input: { trust, text: await liveSdJwt(), office: OFFICE },
      ...missing,
    },
    {
      name: 'log-receipt-copy-without',
      clause,
      why: 'a copy has no place for a receipt, so none is required of it',
      input: { trust, text: await copyCode(), office: OFFICE },
      outcome: 'caution',
      code: 'presentation/copy',
    },
    {
      name: 'log-receipt-paper-without',
      clause,
      why: 'paper has no place for a receipt, so none is required of it',
      input: { trust, text: await paperCode(), office: OFFICE },
      outcome: 'caution',
      code: 'presentation/paper',
    },
    {
      name: 'log-receipt-received-without',
      clause,
      why: 'what was issued just now stands in no checkpoint yet',
      input: {
        trust,
        hex: toHex(await foodCredential({ disclose: [8, 9, 10, 11, 12] })),
        holderKey,
      },
      outcome: 'valid',
    },
  ]
}

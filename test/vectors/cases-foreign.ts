/** Cases of what is no presentation at all: other people's codes, our own other artefacts (ARCHITECTURE §4). */
import { encodeJson, encodeQrText, toHex, utf8Decode } from '@onetrip/codec'
import { newStatusBits, signStatusListCwt, signStatusListJwt } from '@onetrip/status'
import { firstRoot } from '../../packages/trust/samples/sample-repository.ts'
import { forgeJws } from './forge-json.ts'
import { liveCode, type VectorCase } from './vector-case.ts'
import { DAY, LIST, NOW, signers } from './vector-cast.ts'
import { vectorRepository } from './vector-repository.ts'

const GREY = 'unverifiable'

type Row = readonly [
  name: string,
  clause: string,
  why: string,
  input: VectorCase['input'],
  outcome: VectorCase['outcome'],
  code: string,
]

/** All cases of this kind. */
export async function foreignCases(): Promise<readonly VectorCase[]> {
  const rows = [...QR_ROWS, ...FILE_ROWS, ...(await ownRows()), ...(await alteredQrRows())]
  return rows.map(([name, clause, why, input, outcome, code]) => ({
    name,
    clause,
    why,
    input,
    outcome,
    code,
  }))
}

const QR_ROWS: readonly Row[] = (
  [
    ['url', 'https://onetrip.example/verify?valid=1'],
    ['url-with-tilde', 'https://www.example.com/~user'],
    ['host', 'www.example.com'],
    ['javascript', 'javascript:alert(1)'],
    ['wifi', 'WIFI:T:WPA;S:net;P:secret;;'],
    ['vcard', 'BEGIN:VCARD\nVERSION:3.0\nEND:VCARD'],
    ['empty', ''],
    ['health-certificate', 'HC1:6BFOXN%TSMAHN-H5L4'],
    ['lower-case-prefix', 'ot1:6bfoxn'],
    ['base45-of-other-bytes', 'OT1:BB8'],
  ] as const
).map(([words, text]) => [
  `qr-${words}`,
  'ARCHITECTURE §10 QR01',
  `a foreign code: ${words.replaceAll('-', ' ')}`,
  { text },
  GREY,
  'qr/not-a-credential',
])

const FILE_ROWS: readonly Row[] = [
  [
    'file-pdf',
    'ARCHITECTURE §3',
    'a PDF',
    { hex: toHex(Buffer.from('%PDF-1.7\n')) },
    GREY,
    'format/unsupported',
  ],
  [
    'file-png',
    'ARCHITECTURE §3',
    'a picture',
    { hex: '89504e470d0a1a0a' },
    GREY,
    'format/unsupported',
  ],
  ['file-empty', 'ARCHITECTURE §4', 'no bytes', { hex: '' }, GREY, 'format/unsupported'],
  [
    'file-mdoc',
    'ISO 18013-5 §8.3',
    'the start of an mdoc device response',
    { hex: 'a266737461747573d81841a06776657273696f6e63312e30' },
    GREY,
    'cose/wrong-tag',
  ],
]

async function ownRows(): Promise<readonly Row[]> {
  const content = {
    uri: LIST.good,
    bits: 2,
    statuses: newStatusBits(1024, 2),
    issuedAt: NOW,
    expiresAt: NOW + DAY,
    ttlSeconds: 600,
  } as const
  const cwt = await signStatusListCwt(content, signers.marketStatus)
  const jwt = await signStatusListJwt(content, signers.marketStatus)
  const root = utf8Decode(firstRoot(await vectorRepository()))
  const proof = await forgeJws({
    signer: signers.holderJws,
    headerText: encodeJson({ alg: 'ES256', typ: 'openid4vci-proof+jwt' }),
    payloadText: encodeJson({ iat: NOW }),
  })
  return [
    [
      'own-status-list',
      'ARCHITECTURE §4',
      'a status list',
      { hex: toHex(cwt) },
      'invalid',
      'credential/wrong-type',
    ],
    [
      'own-status-list-code',
      'ARCHITECTURE §4',
      'a status list as QR text',
      { text: encodeQrText(cwt) },
      'invalid',
      'credential/wrong-type',
    ],
    [
      'own-status-list-jwt',
      'ARCHITECTURE §4',
      'a status list as JWT',
      { text: jwt },
      'invalid',
      'sd-jwt/format',
    ],
    [
      'own-status-list-jwt-tilde',
      'ARCHITECTURE §4',
      'a status list made to look like an SD-JWT',
      { text: `${jwt}~` },
      'invalid',
      'credential/wrong-type',
    ],
    [
      'own-trust-metadata',
      'ARCHITECTURE §4',
      'metadata of the trust repository',
      { text: root },
      'unverifiable',
      'qr/not-a-credential',
    ],
    [
      'own-trust-metadata-tilde',
      'ARCHITECTURE §4',
      'metadata of the trust repository made to look like an SD-JWT',
      { text: `${root}~` },
      'unverifiable',
      'qr/not-a-credential',
    ],
    [
      'own-key-proof',
      'ARCHITECTURE §4',
      'a proof of possession',
      { text: `${proof}~` },
      'invalid',
      'credential/wrong-type',
    ],
  ]
}

async function alteredQrRows(): Promise<readonly Row[]> {
  const live = await liveCode()
  const clause = 'ARCHITECTURE §10 QR04'
  return [
    [
      'qr-lower-case',
      clause,
      'lower case',
      { text: `OT1:${live.slice(4).toLowerCase()}` },
      GREY,
      'qr/encoding',
    ],
    [
      'qr-bad-character',
      clause,
      'a character outside Base45',
      { text: `${live.slice(0, -1)}!` },
      GREY,
      'qr/encoding',
    ],
    ['qr-triple-above', clause, 'a triple above 65535', { text: 'OT1::::' }, GREY, 'qr/encoding'],
    [
      'qr-trailing-line-end',
      clause,
      'line ends are not trimmed here',
      { text: `${live}\r\n` },
      GREY,
      'qr/encoding',
    ],
    [
      'qr-too-long',
      'ARCHITECTURE §10 QR06',
      'no QR code holds so much',
      { text: 'OT1:0', padTo: 4297 },
      GREY,
      'qr/limit',
    ],
  ]
}

/**
 * What every entry point says of every artefact (threat T22): `takes` names what it accepts, `says` the code for anything
 * else, `but` the codes for some; a later line goes before an earlier one. Bytes where text belongs come as base64url, text
 * where bytes belong as UTF-8, so that most codes are those of strict parsing, which comes before any signature.
 */

/** An entry point's answers by artefact. */
export interface Expected {
  readonly takes: readonly string[]
  readonly says: string
  readonly but?: readonly (readonly [code: string, artefacts: readonly string[]])[]
}

/** COSE_Sign1 statements. */
const cose = [
  'SD-CWT',
  'KB-CWT alone',
  'paper code',
  'status list, CWT',
  'status list of seals',
  'status list at sealing',
  'seal register',
  'counter certificate',
  'seal, COSE',
  'impression, COSE',
]
/** COSE_Sign1 with another one in its header. */
const shown = ['SD-CWT, live', 'SD-CWT, requested', 'SD-CWT, copy']
/** Compact JWS. */
const jws = [
  'KB-JWT alone',
  'status list, JWT',
  'counter proof',
  'credential proof',
  'seal, JWS',
  'impression, JWS',
]
const sdJwt = ['SD-JWT VC', 'SD-JWT VC, live']
const text = ['live code', 'draft of an SD-JWT VC', 'licence request', 'enrolment code']
const der = ['X.509 certificate', 'time-stamp token']
const pdf = ['PDF', 'sealed PDF']
/** Metadata and documents of the trust repository. */
const json = [
  ...['root', 'targets', 'snapshot', 'timestamp', 'recognised root'],
  ...['trust list', 'type definition', 'catalogue', 'deny list', 'recognition list'],
]
/** More than any statement may be. */
const large = [
  ...['sealed PDF', 'targets', 'trust list', 'type definition', '.seal', 'offline pack'],
]

/** Every entry point by its name. */
export const EXPECTED: Readonly<Record<string, Expected>> = {
  verify: {
    takes: [
      'SD-CWT, live',
      'SD-CWT, requested',
      'SD-CWT, copy',
      'paper code',
      'SD-JWT VC, live',
      'live code',
    ],
    says: 'cbor/truncated',
    but: [
      ['credential/wrong-type', [...cose]],
      ['sd-jwt/format', [...jws]],
      ['key-binding/missing', [...sdJwt]],
      ['qr/not-a-credential', [...text]],
      ['cbor/trailing-bytes', [...der]],
      ['format/unsupported', [...pdf]],
      ['key-binding/missing', ['SD-CWT']],
      ['key-binding/format', ['KB-CWT alone']],
      ['format/unsupported', ['draft of an SD-JWT VC']],
      ['cose/wrong-tag', ['draft of an SD-CWT', '.seal']],
      ['cbor/trailing-bytes', ['offline pack']],
    ],
  },
  'verify what was received': {
    takes: ['SD-CWT', 'SD-JWT VC'],
    says: 'cbor/truncated',
    but: [
      ['credential/wrong-type', [...cose]],
      ['sd-jwt/unexpected-key-binding', [...shown, ...sdJwt]],
      ['sd-jwt/format', [...jws]],
      ['qr/not-a-credential', [...text]],
      ['cbor/trailing-bytes', [...der]],
      ['format/unsupported', [...pdf]],
      ['key-binding/format', ['KB-CWT alone']],
      ['sd-jwt/unexpected-key-binding', ['live code']],
      ['format/unsupported', ['draft of an SD-JWT VC']],
      ['cose/wrong-tag', ['draft of an SD-CWT', '.seal']],
      ['cbor/trailing-bytes', ['offline pack']],
    ],
  },
  'verify a file with its .seal': {
    takes: ['.seal'],
    says: 'cbor/trailing-bytes',
    but: [
      ['cbor/tag-not-allowed', [...cose, ...shown]],
      ['format/unsupported', [...pdf]],
      ['cbor/truncated', [...json, 'licence request']],
      ['seal/format', ['draft of an SD-CWT']],
    ],
  },
  'verify a PDF': {
    takes: ['sealed PDF'],
    says: 'format/unsupported',
    but: [['pdf/not-sealed', [...pdf]]],
  },
  'verify a seal': {
    takes: ['seal, COSE', 'seal, JWS'],
    says: 'seal/wrong-type',
    but: [
      ['cbor/tag-not-allowed', [...shown]],
      ['encoding/base64url', [...sdJwt]],
      ['jws/format', [...text]],
      ['cbor/trailing-bytes', [...der, ...pdf]],
      ['cbor/truncated', [...json]],
      ['seal/too-large', [...large]],
      ['format/unsupported', ['SD-JWT VC, live']],
      ['cose/wrong-tag', ['draft of an SD-CWT']],
    ],
  },
  'read a .seal': {
    takes: ['.seal'],
    says: 'cbor/trailing-bytes',
    but: [
      ['cbor/tag-not-allowed', [...cose, ...shown]],
      ['cbor/truncated', [...json, 'licence request']],
      ['seal/format', ['draft of an SD-CWT']],
    ],
  },
  'read an impression': {
    takes: ['impression, COSE', 'impression, JWS'],
    says: 'seal/wrong-type',
    but: [
      ['cbor/tag-not-allowed', [...shown]],
      ['encoding/base64url', [...sdJwt]],
      ['jws/format', [...text]],
      ['cbor/trailing-bytes', [...der, ...pdf]],
      ['cbor/truncated', [...json]],
      ['seal/format', [...large]],
      ['format/unsupported', ['SD-JWT VC, live']],
      ['cose/wrong-tag', ['draft of an SD-CWT']],
    ],
  },
  'read a sealed PDF': {
    takes: ['PDF', 'sealed PDF'],
    says: 'pdf/format',
  },
  'open a PDF for sealing': {
    takes: ['PDF', 'sealed PDF'],
    says: 'pdf/format',
  },
  'verify a time-stamp': {
    takes: ['time-stamp token'],
    says: 'timestamp/format',
  },
  'open a status list': {
    takes: [
      'status list, CWT',
      'status list, JWT',
      'status list of seals',
      'status list at sealing',
    ],
    says: 'status/format',
    but: [
      ['cbor/tag-not-allowed', [...shown]],
      ['encoding/base64url', [...sdJwt]],
      ['jws/format', [...text]],
      ['cbor/trailing-bytes', [...der, ...pdf]],
      ['cbor/truncated', [...json]],
      ['format/unsupported', ['SD-JWT VC, live']],
      ['cose/wrong-tag', ['draft of an SD-CWT', '.seal']],
      ['cbor/trailing-bytes', ['offline pack']],
    ],
  },
  'open a seal register': {
    takes: ['seal register'],
    says: 'cbor/trailing-bytes',
    but: [
      ['seal/wrong-type', [...cose]],
      ['cbor/tag-not-allowed', [...shown]],
      ['cbor/truncated', [...json, 'licence request']],
      ['cose/wrong-tag', ['draft of an SD-CWT', '.seal']],
    ],
  },
  'open a counter certificate': {
    takes: ['counter certificate'],
    says: 'cbor/trailing-bytes',
    but: [
      ['counter/wrong-type', [...cose]],
      ['cbor/tag-not-allowed', [...shown]],
      ['cbor/truncated', [...json]],
      ['counter/format', [...large, 'SD-JWT VC, live']],
      ['cbor/truncated', ['licence request']],
      ['cose/wrong-tag', ['draft of an SD-CWT']],
    ],
  },
  'open a pack': {
    takes: ['offline pack'],
    says: 'pack/format',
  },
  'open the next root': {
    takes: ['root'],
    says: 'json/format',
    but: [
      ['trust/format', [...json, 'licence request']],
      ['trust/threshold', ['targets', 'snapshot', 'timestamp', 'recognised root']],
    ],
  },
  'open targets': {
    takes: ['targets'],
    says: 'json/format',
    but: [
      ['trust/threshold', [...json]],
      [
        'trust/format',
        [
          'licence request',
          'trust list',
          'type definition',
          'catalogue',
          'deny list',
          'recognition list',
        ],
      ],
    ],
  },
  'open a snapshot': {
    takes: ['snapshot'],
    says: 'json/format',
    but: [
      ['trust/format', [...json, 'licence request']],
      ['trust/threshold', ['root', 'targets', 'recognised root']],
    ],
  },
  'read a trust list': {
    takes: ['trust list'],
    says: 'json/format',
    but: [['trust/format', [...json, 'licence request']]],
  },
  'read a type definition': {
    takes: ['type definition'],
    says: 'json/format',
    but: [['type/format', [...json, 'licence request']]],
  },
  'read a catalogue': {
    takes: ['catalogue'],
    says: 'json/format',
    but: [['trust/format', [...json, 'licence request']]],
  },
  'read a deny list': {
    takes: ['deny list'],
    says: 'json/format',
    but: [['trust/format', [...json, 'licence request']]],
  },
  'read a recognition list': {
    takes: ['recognition list'],
    says: 'json/format',
    but: [['trust/format', [...json, 'licence request']]],
  },
  'the credential in a live code': {
    takes: ['SD-CWT'],
    says: 'cose/wrong-tag',
    but: [
      ['credential/wrong-type', [...cose]],
      ['cbor/tag-not-allowed', [...shown]],
    ],
  },
  'an SD-JWT VC before its disclosures': {
    takes: [],
    says: 'qr/not-a-credential',
    but: [
      ['credential/wrong-type', [...jws]],
      ['encoding/base64url', [...sdJwt]],
      ['jws/format', [...json]],
      ['sd-jwt/format', ['SD-JWT VC']],
      ['qr/encoding', ['live code']],
      ['jws/format', ['draft of an SD-JWT VC']],
    ],
  },
  'the key binding of an SD-JWT VC': {
    takes: ['KB-JWT alone'],
    says: 'sd-jwt/format',
    but: [
      ['key-binding/type', [...jws]],
      ['encoding/base64url', [...sdJwt]],
    ],
  },
  'the seal in a .seal': {
    takes: ['seal, COSE'],
    says: 'cbor/trailing-bytes',
    but: [
      ['seal/wrong-type', [...cose]],
      ['cbor/tag-not-allowed', [...shown]],
      ['cbor/truncated', [...json]],
      ['seal/format', [...large]],
      ['cbor/truncated', ['licence request']],
      ['cose/wrong-tag', ['draft of an SD-CWT']],
    ],
  },
  'the JWS of the seal in a .seal': {
    takes: ['seal, JWS'],
    says: 'jws/format',
    but: [
      ['seal/wrong-type', [...jws]],
      ['encoding/base64url', [...sdJwt]],
      ['format/unsupported', ['SD-JWT VC, live']],
      ['seal/format', ['sealed PDF', 'targets', 'trust list', 'offline pack']],
    ],
  },
  'the impression in a .seal': {
    takes: ['impression, COSE'],
    says: 'cbor/trailing-bytes',
    but: [
      ['seal/wrong-type', [...cose]],
      ['cbor/tag-not-allowed', [...shown]],
      ['cbor/truncated', [...json]],
      ['seal/format', [...large]],
      ['cbor/truncated', ['licence request']],
      ['cose/wrong-tag', ['draft of an SD-CWT']],
    ],
  },
  'the JWS of the impression in a .seal': {
    takes: ['impression, JWS'],
    says: 'jws/format',
    but: [
      ['seal/wrong-type', [...jws]],
      ['encoding/base64url', [...sdJwt]],
      ['seal/format', [...large]],
      ['format/unsupported', ['SD-JWT VC, live']],
    ],
  },
  'the time-stamp in a .seal': {
    takes: ['time-stamp token'],
    says: 'seal/revoked',
  },
  'the status list in a .seal': {
    takes: ['status list at sealing'],
    says: 'seal/revoked',
  },
  'ask for a credential': {
    takes: ['credential proof'],
    says: 'openid/proof',
  },
  'ask to be a counter': {
    takes: ['counter proof'],
    says: 'enrolment/proof',
    but: [['input/invalid', [...large]]],
  },
  'collect a certificate': {
    takes: [],
    says: 'enrolment/proof',
    but: [['input/invalid', [...large]]],
  },
  'bring trust data': {
    takes: [],
    says: 'json/format',
    but: [
      ['trust/format', [...json, 'licence request']],
      ['trust/rollback', ['root', 'recognised root']],
      ['trust/threshold', ['targets']],
    ],
  },
}

/** What an entry point is to say of an artefact. */
export function expectedAnswer(entry: string, artefact: string): string {
  const expected = EXPECTED[entry]
  if (expected === undefined) throw new TypeError(`no answers of ${entry}`)
  const { takes, says, but = [] } = expected
  if (takes.includes(artefact)) return 'accepted'
  return but.findLast(([, artefacts]) => artefacts.includes(artefact))?.[0] ?? says
}

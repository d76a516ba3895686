/**
 * What every entry point says of every artefact (threat T22): `takes` names what it accepts, `says` the code for anything
 * else, `but` the codes for some; a later line goes before an earlier one. Bytes where text belongs come as base64url, text
 * where bytes belong as UTF-8, so that most codes are those of strict parsing, which comes before any signature.
 */

import {
  asked,
  cose,
  delegate,
  der,
  json,
  jws,
  large,
  pdf,
  sdJwt,
  shown,
  text,
} from './artefact-groups.ts'

/** An entry point's answers by artefact. */
export interface Expected {
  readonly takes: readonly string[]
  readonly says: string
  readonly but?: readonly (readonly [code: string, artefacts: readonly string[]])[]
}

/** What a device signed, at its own entry point. */
function byDevice(name: string, says: string): Expected {
  return {
    takes: [name],
    says,
    but: [
      ['qr/not-a-credential', [...jws, ...sdJwt, ...text]],
      ['cbor/trailing-bytes', [...der, 'offline pack']],
      ['format/unsupported', [...pdf]],
      ['cbor/truncated', [...json]],
      ['cose/wrong-tag', ['draft of an SD-CWT', '.seal', 'answer of several']],
      [says, ['live code']],
    ],
  }
}

/** A document of the trust repository, at its own entry point. */
function trustDocument(name: string): Expected {
  const but = [['trust/format', [...json, 'licence request']]] as const
  return { takes: [name], says: 'json/format', but }
}

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
      ['credential/wrong-type', [...cose, ...asked, delegate]],
      ['sd-jwt/format', [...jws]],
      ['key-binding/missing', [...sdJwt]],
      ['qr/not-a-credential', [...text]],
      ['cbor/trailing-bytes', [...der]],
      ['format/unsupported', [...pdf]],
      ['presentation/mode', ['SD-CWT, delegation']],
      ['key-binding/missing', ['SD-CWT']],
      ['key-binding/format', ['KB-CWT alone']],
      ['format/unsupported', ['draft of an SD-JWT VC']],
      ['cose/wrong-tag', ['draft of an SD-CWT', '.seal', 'answer of several']],
      ['cbor/trailing-bytes', ['offline pack']],
    ],
  },
  'verify what was received': {
    takes: ['SD-CWT', 'SD-JWT VC'],
    says: 'cbor/truncated',
    but: [
      ['credential/wrong-type', [...cose, ...asked, delegate]],
      ['sd-jwt/unexpected-key-binding', [...shown, ...sdJwt]],
      ['sd-jwt/format', [...jws]],
      ['qr/not-a-credential', [...text]],
      ['cbor/trailing-bytes', [...der]],
      ['format/unsupported', [...pdf]],
      ['key-binding/format', ['KB-CWT alone']],
      ['sd-jwt/unexpected-key-binding', ['live code']],
      ['format/unsupported', ['draft of an SD-JWT VC']],
      ['cose/wrong-tag', ['draft of an SD-CWT', '.seal', 'answer of several']],
      ['cbor/trailing-bytes', ['offline pack']],
    ],
  },
  'verify a file with its .seal': {
    takes: ['.seal'],
    says: 'cbor/trailing-bytes',
    but: [
      ['cbor/tag-not-allowed', [...cose, ...shown, ...asked, delegate]],
      ['format/unsupported', [...pdf]],
      ['cbor/truncated', [...json, 'licence request']],
      ['seal/format', ['draft of an SD-CWT', 'answer of several']],
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
      ['cbor/tag-not-allowed', [...shown, ...asked, delegate]],
      ['encoding/base64url', [...sdJwt]],
      ['jws/format', [...text]],
      ['cbor/trailing-bytes', [...der, ...pdf]],
      ['cbor/truncated', [...json]],
      ['seal/too-large', [...large]],
      ['format/unsupported', ['SD-JWT VC, live']],
      ['cose/wrong-tag', ['draft of an SD-CWT', 'answer of several']],
    ],
  },
  'verify a request': byDevice('counter request', 'request/wrong-type'),
  'verify an answer': {
    takes: ['SD-CWT, requested', 'answer of several', delegate],
    says: 'cbor/truncated',
    but: [
      ['credential/wrong-type', [...cose, ...asked, delegate]],
      ['presentation/mode', [...shown, 'paper code', 'SD-JWT VC, live']],
      ['sd-jwt/format', [...jws]],
      ['qr/not-a-credential', [...text]],
      ['cbor/trailing-bytes', [...der, 'offline pack']],
      ['format/unsupported', [...pdf, 'draft of an SD-JWT VC']],
      ['key-binding/missing', ['SD-CWT', 'SD-JWT VC']],
      ['key-binding/format', ['KB-CWT alone']],
      ['presentation/mode', ['live code']],
      ['answer/format', ['draft of an SD-CWT', 'licence request']],
      ['cose/wrong-tag', ['.seal']],
    ],
  },
  'verify a receipt': byDevice('counter receipt', 'receipt/wrong-type'),
  'read a .seal': {
    takes: ['.seal'],
    says: 'cbor/trailing-bytes',
    but: [
      ['cbor/tag-not-allowed', [...cose, ...shown, ...asked, delegate]],
      ['cbor/truncated', [...json, 'licence request']],
      ['seal/format', ['draft of an SD-CWT', 'answer of several']],
    ],
  },
  'read an impression': {
    takes: ['impression, COSE', 'impression, JWS'],
    says: 'seal/wrong-type',
    but: [
      ['cbor/tag-not-allowed', [...shown, ...asked, delegate]],
      ['encoding/base64url', [...sdJwt]],
      ['jws/format', [...text]],
      ['cbor/trailing-bytes', [...der, ...pdf]],
      ['cbor/truncated', [...json]],
      ['seal/format', [...large]],
      ['format/unsupported', ['SD-JWT VC, live']],
      ['cose/wrong-tag', ['draft of an SD-CWT', 'answer of several']],
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
      ['cbor/tag-not-allowed', [...shown, ...asked, delegate]],
      ['encoding/base64url', [...sdJwt]],
      ['jws/format', [...text]],
      ['cbor/trailing-bytes', [...der, ...pdf]],
      ['cbor/truncated', [...json]],
      ['format/unsupported', ['SD-JWT VC, live']],
      ['cose/wrong-tag', ['draft of an SD-CWT', '.seal', 'answer of several']],
      ['cbor/trailing-bytes', ['offline pack']],
    ],
  },
  'open a seal register': {
    takes: ['seal register'],
    says: 'cbor/trailing-bytes',
    but: [
      ['seal/wrong-type', [...cose]],
      ['cbor/tag-not-allowed', [...shown, ...asked, delegate]],
      ['cbor/truncated', [...json, 'licence request']],
      ['cose/wrong-tag', ['draft of an SD-CWT', '.seal', 'answer of several']],
    ],
  },
  'open a counter certificate': {
    takes: ['counter certificate'],
    says: 'cbor/trailing-bytes',
    but: [
      ['counter/wrong-type', [...cose]],
      ['cbor/tag-not-allowed', [...shown, ...asked, delegate]],
      ['cbor/truncated', [...json]],
      ['counter/format', [...large, 'SD-JWT VC, live']],
      ['cbor/truncated', ['licence request']],
      ['cose/wrong-tag', ['draft of an SD-CWT', 'answer of several']],
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
  'read a trust list': trustDocument('trust list'),
  'read a type definition': {
    takes: ['type definition'],
    says: 'json/format',
    but: [['type/format', [...json, 'licence request']]],
  },
  'read a catalogue': trustDocument('catalogue'),
  'read a deny list': trustDocument('deny list'),
  'read a recognition list': trustDocument('recognition list'),
  'the credential in a live code': {
    takes: ['SD-CWT'],
    says: 'cose/wrong-tag',
    but: [
      ['credential/wrong-type', [...cose]],
      ['cbor/tag-not-allowed', [...shown, ...asked, delegate]],
    ],
  },
  'the certificate in a request': {
    takes: ['counter certificate'],
    says: 'cose/wrong-tag',
    but: [['counter/wrong-type', [...cose, ...shown, ...asked, delegate]]],
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
      ['cbor/tag-not-allowed', [...shown, ...asked, delegate]],
      ['cbor/truncated', [...json]],
      ['seal/format', [...large]],
      ['cbor/truncated', ['licence request']],
      ['cose/wrong-tag', ['draft of an SD-CWT', 'answer of several']],
    ],
  },
  'the JWS of the seal in a .seal': {
    takes: ['seal, JWS'],
    says: 'jws/format',
    but: [
      ['seal/wrong-type', [...jws]],
      ['encoding/base64url', [...sdJwt]],
      ['format/unsupported', ['SD-JWT VC, live']],
      ['seal/format', ['sealed PDF', 'targets', 'trust list', 'catalogue', 'offline pack']],
    ],
  },
  'the impression in a .seal': {
    takes: ['impression, COSE'],
    says: 'cbor/trailing-bytes',
    but: [
      ['seal/wrong-type', [...cose]],
      ['cbor/tag-not-allowed', [...shown, ...asked, delegate]],
      ['cbor/truncated', [...json]],
      ['seal/format', [...large]],
      ['cbor/truncated', ['licence request']],
      ['cose/wrong-tag', ['draft of an SD-CWT', 'answer of several']],
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
  'take a copy back': {
    takes: ['withdrawal proof'],
    says: 'openid/proof',
    but: [['input/invalid', [...large]]],
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

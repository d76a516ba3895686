/** Names of artefacts that most entry points treat alike, because they parse alike. */

/** COSE_Sign1 statements. */
export const cose: readonly string[] = [
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
export const shown: readonly string[] = [
  'SD-CWT, live',
  'SD-CWT, requested',
  'SD-CWT, copy',
  'SD-CWT, delegation',
]
/** A delegate's, likewise. */
export const delegate = 'SD-CWT, of a delegate'
/** What a counter's device signs, likewise. */
export const asked: readonly string[] = ['counter request', 'counter receipt']
/** Compact JWS. */
export const jws: readonly string[] = [
  'KB-JWT alone',
  'status list, JWT',
  'counter proof',
  'credential proof',
  'withdrawal proof',
  'seal, JWS',
  'impression, JWS',
]
/** SD-JWTs, with and without key binding. */
export const sdJwt: readonly string[] = ['SD-JWT VC', 'SD-JWT VC, live']
/** Text that is none of these. */
export const text: readonly string[] = [
  'live code',
  'draft of an SD-JWT VC',
  'licence request',
  'enrolment code',
]
/** DER. */
export const der: readonly string[] = ['X.509 certificate', 'time-stamp token']
/** Files. */
export const pdf: readonly string[] = ['PDF', 'sealed PDF']
/** Metadata and documents of the trust repository. */
export const json: readonly string[] = [
  ...['root', 'targets', 'snapshot', 'timestamp', 'recognised root'],
  ...['trust list', 'type definition', 'catalogue', 'deny list', 'recognition list'],
]
/** More than any statement may be. */
export const large: readonly string[] = [
  ...['sealed PDF', 'targets', 'trust list', 'type definition', 'catalogue', '.seal'],
  'offline pack',
]

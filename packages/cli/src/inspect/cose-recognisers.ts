/** COSE_Sign1 by the `typ` of its protected header: credentials, key bindings, paper codes, certificates, seals, lists. */
import {
  type CborMap,
  type CborValue,
  decodeSign1,
  isArray,
  isBytes,
  isMap,
  type JsonObject,
  type JsonValue,
  type Sign1,
  sign1FromValue,
  toHex,
} from '@onetrip/codec'
import {
  CLAIM,
  cborDisclosureDigest,
  HEADER,
  MODE_NUMBERS,
  openSdCwt,
  parseAnswer,
  parseCounterCertificate,
  parsePaper,
  parsePresentation,
  parseReceipt,
  parseRequest,
  parseSdCwt,
  sealReference,
  TYP,
  type TypeDefinition,
} from '@onetrip/credential'
import { readReceipt } from '@onetrip/log'
import {
  parseImpression,
  parseSeal,
  parseSealRegister,
  SEAL_CLAIM,
  SEAL_STATES,
  SEAL_TYP,
} from '@onetrip/seal'
import { decodeStatusList, LIST_TYPE } from '@onetrip/status'
import { licenceTree } from './licence-tree.ts'
import { decodeInside } from './opened.ts'
import type { Finding, Recogniser } from './recogniser.ts'
import { statusListTree } from './status-list-tree.ts'
import { CLAIM_NAMES, HEADER_NAMES, itemTree, mapTree, orFault, timeTree } from './tree.ts'

interface CoseRow {
  readonly kind: string
  readonly name: string
  readonly typ: readonly CborValue[]
  /** Where a claim tells more than `typ`. */
  readonly when?: (sign1: Sign1) => boolean
  readonly find: (sign1: Sign1, bytes: Uint8Array, types: readonly TypeDefinition[]) => Finding
}

const KB_CWT: readonly CborValue[] = [TYP.kbCwt, 'application/kb+cwt']

const ROWS: readonly CoseRow[] = [
  {
    kind: 'delegation',
    name: 'a delegation (代办): key binding token that lets another key answer with an SD-CWT',
    typ: KB_CWT,
    when: (sign1) => {
      const claims = decodeInside(sign1.payload)
      return isMap(claims) && claims.get(CLAIM.mode) === MODE_NUMBERS.delegate
    },
    find: boundTree,
  },
  {
    kind: 'kb-cwt',
    name: 'a presentation: key binding token (kb+cwt) around an SD-CWT',
    typ: KB_CWT,
    find: boundTree,
  },
  {
    kind: 'delegated-answer',
    name: 'a delegate’s answer to a request: delegations, and the licence of who answers',
    typ: [TYP.delegatedAnswer],
    find: (sign1, bytes, types) => ({
      ...boundTree(sign1, bytes, types),
      check: () => {
        for (const { presentation } of parseAnswer(bytes)) parsePresentation(presentation)
      },
    }),
  },
  {
    kind: 'sd-cwt',
    name: 'a credential: SD-CWT without key binding',
    typ: [TYP.sdCwt, 'application/sd-cwt'],
    find: (sign1, _, types) => ({
      parts: sdCwtTree(sign1, types),
      check: () => parseSdCwt(sign1),
    }),
  },
  {
    kind: 'paper',
    name: 'a paper code: CWT without holder key',
    typ: [TYP.paper],
    find: (sign1, _, types) => ({
      parts: signedTree(sign1, [], types),
      check: () => parsePaper(sign1),
    }),
  },
  {
    kind: 'counter-certificate',
    name: 'a certificate of a counter',
    typ: [TYP.counter],
    find: (sign1, bytes) => ({
      parts: signedTree(sign1),
      check: () => parseCounterCertificate(bytes),
    }),
  },
  {
    kind: 'request',
    name: 'a request of a counter',
    typ: [TYP.request],
    find: (sign1, bytes) => ({ parts: deviceTree(sign1), check: () => parseRequest(bytes) }),
  },
  {
    kind: 'receipt',
    name: 'a receipt (收件回执): what a counter was shown',
    typ: [TYP.receipt],
    find: (sign1, bytes) => ({ parts: deviceTree(sign1), check: () => parseReceipt(bytes) }),
  },
  {
    kind: 'seal',
    name: 'a seal (印章), as its maker states it',
    typ: [SEAL_TYP.seal],
    find: (sign1, bytes) => ({ parts: signedTree(sign1), check: () => parseSeal(bytes) }),
  },
  {
    kind: 'impression',
    name: 'an impression (签章): one use of a seal on a file',
    typ: [SEAL_TYP.impression],
    find: (sign1, bytes) => ({ parts: impressionTree(sign1), check: () => parseImpression(bytes) }),
  },
  {
    kind: 'seal-register',
    name: 'a register of seals (印章备案) that licences are issued under',
    typ: [SEAL_TYP.register],
    find: (sign1, bytes) => ({
      parts: registerTree(sign1),
      check: () => parseSealRegister(bytes),
    }),
  },
  {
    kind: 'status-list-cwt',
    name: 'a status list (CWT)',
    typ: [LIST_TYPE.cwt],
    find: (sign1, bytes) => ({
      parts: { header: headerTree(sign1), ...statusListTree(decodeStatusList(bytes)) },
    }),
  },
]

/** Rows for each `typ`, then one for any other. */
export const COSE_RECOGNISERS: readonly Recogniser[] = [
  ...ROWS.map(
    (row): Recogniser => ({
      kind: row.kind,
      name: row.name,
      find: (opened, types) => {
        if (opened.form !== 'cose') return undefined
        const typ = opened.sign1.protectedHeader.get(HEADER.typ)
        if (!row.typ.some((known) => known === typ)) return undefined
        if (row.when?.(opened.sign1) === false) return undefined
        return row.find(opened.sign1, opened.bytes, types)
      },
    }),
  ),
  {
    kind: 'cose-sign1',
    name: 'a COSE_Sign1 of no kind of ours',
    find: (opened) => (opened.form === 'cose' ? { parts: signedTree(opened.sign1) } : undefined),
  },
]

/** {@link signedTree} of an impression, whose payload is the digest of a file. */
export function impressionTree(sign1: Sign1): JsonObject {
  return {
    header: headerTree(sign1),
    fileSha256: toHex(sign1.payload),
    signatureBytes: sign1.signature.length,
  }
}

/** {@link signedTree} of a register, its seals told like seals by themselves, each under the reference that licences name it by. */
function registerTree(sign1: Sign1): JsonObject {
  const claims = decodeInside(sign1.payload)
  const entries = isMap(claims) ? claims.get(SEAL_CLAIM.register) : undefined
  if (!isMap(claims) || !isArray(entries)) return signedTree(sign1)
  const rest = new Map([...claims].filter(([key]) => key !== SEAL_CLAIM.register))
  return {
    header: headerTree(sign1),
    payload: { ...claimsTree(rest, []), register: entries.map(registeredTree) },
    signatureBytes: sign1.signature.length,
  }
}

function registeredTree(entry: CborValue): JsonObject[string] {
  const [seal, state, since] = isArray(entry) ? entry : []
  if (!isBytes(seal) || typeof state !== 'number') return itemTree(entry)
  return {
    reference: toHex(sealReference(seal)),
    state: SEAL_STATES[state] ?? state,
    ...(typeof since === 'number' ? { since: timeTree(since) } : {}),
    seal: payloadTree(decodeSign1(seal).payload, []),
  }
}

/** Headers, payload by claim names, length of the signature. */
export function signedTree(
  sign1: Sign1,
  leftOut: readonly string[] = [],
  types: readonly TypeDefinition[] = [],
): JsonObject {
  return {
    header: headerTree(sign1, leftOut),
    payload: payloadTree(sign1.payload, types),
    signatureBytes: sign1.signature.length,
  }
}

/** One part of an answer, with the material that it serves as. */
export function partTree(entry: CborValue): JsonValue {
  const [material = null, presentation = null] = isArray(entry) ? entry : []
  if (!isBytes(presentation)) return itemTree(entry)
  return {
    material: itemTree(material),
    presentationBytes: presentation.length,
    presentation: orFault(() => signedTree(decodeSign1(presentation, { tags: [18] }), ['kcwt'])),
  }
}

/** {@link signedTree} of a key binding, with the SD-CWT in its header. */
function boundTree(sign1: Sign1, bytes: Uint8Array, types: readonly TypeDefinition[]): Finding {
  const inner = sign1FromValue(sign1.protectedHeader.get(HEADER.kcwt) ?? null)
  return {
    parts: { ...signedTree(sign1, ['kcwt']), credential: sdCwtTree(inner, types) },
    check: () => parsePresentation(bytes),
  }
}

/** {@link signedTree} of what a counter's device signed, with the certificate in its header. */
function deviceTree(sign1: Sign1): JsonObject {
  const certificate = sign1.protectedHeader.get(HEADER.kcwt) ?? null
  return {
    ...signedTree(sign1, ['kcwt']),
    certificate: orFault(() => signedTree(sign1FromValue(certificate))),
  }
}

function headerTree(sign1: Sign1, leftOut: readonly string[] = []): JsonObject {
  const headers = {
    ...mapTree(sign1.protectedHeader, HEADER_NAMES, (name) =>
      leftOut.includes(name) ? '(below)' : undefined,
    ),
    algorithm: sign1.algorithm,
  }
  const { unprotectedHeader } = sign1
  if (unprotectedHeader.size === 0) return headers
  return {
    ...headers,
    unprotected: mapTree(unprotectedHeader, HEADER_NAMES, (name, value) => {
      if (name === 'receipts' && isArray(value)) return value.map(receiptTree)
      return name === 'sdClaims' ? '(below)' : undefined
    }),
  }
}

/** A receipt of the log: of which, and where it says that the entry stands, which its signature does not cover. */
function receiptTree(value: CborValue): JsonValue {
  if (!isBytes(value)) return itemTree(value)
  return orFault(() => {
    const { log, proof } = readReceipt(value)
    const { index, size, path } = proof
    return { bytes: value.length, log, index, size, hashes: path.length }
  })
}

function payloadTree(payload: Uint8Array, types: readonly TypeDefinition[]): JsonObject[string] {
  const claims = decodeInside(payload)
  return isMap(claims) ? claimsTree(claims, types) : itemTree(claims)
}

function claimsTree(claims: CborMap, types: readonly TypeDefinition[]): JsonObject {
  return mapTree(claims, CLAIM_NAMES, (name, value) => {
    if (name === 'delegated' && isArray(value)) return value.map(partTree)
    if (name !== 'licence' || !isMap(value)) return undefined
    return licenceTree(value, claims.get(CLAIM.vct), types)
  })
}

/** Disclosed claims stand where they belong; what stays hidden is counted. */
function sdCwtTree(sign1: Sign1, types: readonly TypeDefinition[]): JsonObject {
  const { opened, disclosures, hiddenCount } = openSdCwt(sign1)
  return {
    header: headerTree(sign1),
    payload: claimsTree(opened, types),
    disclosures: disclosures.map(({ bytes, key, value }) => ({
      digest: toHex(cborDisclosureDigest(bytes)),
      bytes: bytes.length,
      ...(key === undefined ? {} : { key }),
      ...(value === undefined ? { decoy: true } : {}),
    })),
    hidden: hiddenCount,
    signatureBytes: sign1.signature.length,
  }
}

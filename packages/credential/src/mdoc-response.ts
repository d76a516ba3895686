/**
 * Reads and makes a `DeviceResponse` (ISO/IEC 18013-5:2021 §8.3.2.1.2.2): one mdoc, signed for by the holder's key; the answer of
 * OpenID4VP 1.0 §B.2.5. A MAC by a reader's key is not read: over OpenID4VP there is none.
 */
import {
  type CborKey,
  CborTag,
  type CborValue,
  concatBytes,
  type DetachedSign1,
  decodeCbor,
  detachedSign1FromValue,
  encodeCbor,
  equalBytes,
  fault,
  isArray,
  type Signer,
  sha256,
  sigStructure,
  toHex,
  verifySign1,
} from '@onetrip/codec'
import { asKeyBindingCheck, type KeyBinding } from './key-binding.ts'
import { LICENCE_ELEMENT } from './labels.ts'
import { enclosedBytes, MDOC_LIMITS, type Mdoc, mapOf, mdocFromValue, parseMdoc } from './mdoc.ts'
import { enclose, issuerSigned, mdocHeader } from './mdoc-issue.ts'
import { deviceAuthentication, type MdocSession, NO_DEVICE_ELEMENTS } from './mdoc-session.ts'

const SIGN1_TAG = 18

/** An mdoc as it was shown; neither signature is verified by parsing. */
export interface ShownMdoc {
  readonly mdoc: Mdoc
  /** Left out: nobody says for which request it was shown, or nobody showed it. */
  readonly keyBinding?: KeyBinding
}

/**
 * Parses a `DeviceResponse` that answers the request of a session, or an `IssuerSigned`, which nobody shows. Throws `cose/wrong-tag` (any other map), `mdoc/format`
 * (another version or status, not exactly one document, elements of the device's own, a MAC), `mdoc/doc-type`, and as `parseMdoc`.
 */
export function parseShownMdoc(bytes: Uint8Array, session?: MdocSession): ShownMdoc {
  const response = mapOf(decodeCbor(bytes, MDOC_LIMITS))
  if (response.has('issuerAuth')) return { mdoc: mdocFromValue(response) }
  const documents = response.get('documents')
  if (documents === undefined) throw fault('cose/wrong-tag')
  const isAnswer = response.get('version') === '1.0' && response.get('status') === 0
  if (!isAnswer || !isArray(documents) || documents.length !== 1) throw fault('mdoc/format')
  const only = mapOf(documents[0])
  const mdoc = mdocFromValue(only.get('issuerSigned'))
  if (only.get('docType') !== mdoc.docType) throw fault('mdoc/doc-type')
  const deviceSigned = mapOf(only.get('deviceSigned'))
  const ownElements = enclosedBytes(deviceSigned.get('nameSpaces'))
  const deviceAuth = mapOf(deviceSigned.get('deviceAuth'))
  const signature = deviceAuth.get('deviceSignature')
  if (!equalBytes(ownElements, NO_DEVICE_ELEMENTS) || deviceAuth.size !== 1) {
    throw fault('mdoc/format')
  }
  if (signature === undefined) throw fault('mdoc/format')
  const detached = detachedSign1FromValue(new CborTag(SIGN1_TAG, signature), MDOC_LIMITS)
  if (session === undefined) return { mdoc }
  return { mdoc, keyBinding: keyBindingOf({ mdoc, detached, session }) }
}

/**
 * Shows elements of an mdoc for the request of a session: `DeviceResponse`. What says which licence it is is always shown. Throws
 * `claim/unknown` for a name that the mdoc does not have, and as `parseMdoc` does; `TypeError` for a signer of another key.
 */
export async function presentMdoc(options: {
  /** `IssuerSigned`. */
  readonly credential: Uint8Array
  /** Names of the claims to show. */
  readonly disclose: readonly string[]
  readonly session: MdocSession
  /** The holder's key. */
  readonly signer: Signer
}): Promise<Uint8Array> {
  const { credential, disclose, session, signer } = options
  const { docType, sign1, items } = parseMdoc(credential)
  const shown = [LICENCE_ELEMENT, ...disclose].map((name) => {
    const item = items.find((one) => one.name === name)
    if (item === undefined) throw fault('claim/unknown')
    return item.bytes
  })
  const protectedBytes = mdocHeader(signer.publicKey.algorithm)
  const payload = deviceAuthentication(session, docType)
  const signature = await signer.sign(sigStructure({ protectedBytes, payload }))
  const issuerAuth = [sign1.protectedBytes, sign1.unprotectedHeader, sign1.payload, sign1.signature]
  const document = new Map<CborKey, CborValue>([
    ['docType', docType],
    ['issuerSigned', issuerSigned({ docType, items: shown, issuerAuth })],
    [
      'deviceSigned',
      new Map<CborKey, CborValue>([
        ['nameSpaces', enclose(new Map())],
        [
          'deviceAuth',
          new Map([['deviceSignature', [protectedBytes, new Map(), null, signature]]]),
        ],
      ]),
    ],
  ])
  return encodeCbor(
    new Map<CborKey, CborValue>([
      ['version', '1.0'],
      ['documents', [document]],
      ['status', 0],
    ]),
  )
}

/** The signature holds for this session alone, so what the session names is what was signed, once it is verified. */
function keyBindingOf(of: {
  readonly mdoc: Mdoc
  readonly detached: DetachedSign1
  readonly session: MdocSession
}): KeyBinding {
  const { mdoc, detached, session } = of
  const payload = deviceAuthentication(session, mdoc.docType)
  const { protectedBytes } = detached
  // Two licences of one type are signed for alike: what the issuer signed tells them apart.
  const signed = concatBytes(sigStructure({ protectedBytes, payload }), mdoc.sign1.payload)
  return {
    mode: undefined,
    audience: session.clientId,
    nonce: session.nonce,
    presentationId: toHex(sha256(signed)),
    verify: (key) => asKeyBindingCheck(verifySign1({ ...detached, payload }, key)),
  }
}

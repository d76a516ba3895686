/**
 * What the holder's key signs when an mdoc is shown (ISO/IEC 18013-5:2021 §9.1.3; OpenID4VP 1.0 §B.2.6.1): the session, which is
 * the request as far as client, nonce, address and key of the answer go, and the type; neither a time nor the elements shown.
 */
import { CborTag, encodeCbor, sha256 } from '@onetrip/codec'
import { MDOC_TAG } from './labels.ts'

/** A map without entries: no element is of the device's own word. */
export const NO_DEVICE_ELEMENTS: Uint8Array = Uint8Array.of(0xa0)

/** A request of OpenID4VP that an mdoc is shown for. */
export interface MdocSession {
  /** With its prefix. */
  readonly clientId: string
  readonly nonce: string
  readonly responseUri: string
  /** SHA-256 thumbprint (RFC 7638) of the key that the answer is encrypted to, 32 bytes; left out, it is not encrypted. */
  readonly keyThumbprint?: Uint8Array
}

/** `DeviceAuthenticationBytes`, the detached payload of the holder's signature. */
export function deviceAuthentication(session: MdocSession, docType: string): Uint8Array {
  const { clientId, nonce, responseUri, keyThumbprint } = session
  const handover = encodeCbor([clientId, nonce, keyThumbprint ?? null, responseUri])
  const transcript = [null, null, ['OpenID4VPHandover', sha256(handover)]]
  const elements = new CborTag(MDOC_TAG.enclosed, NO_DEVICE_ELEMENTS)
  const signed = encodeCbor(['DeviceAuthentication', transcript, docType, elements])
  return encodeCbor(new CborTag(MDOC_TAG.enclosed, signed))
}

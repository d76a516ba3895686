/**
 * One securing of a licence on its way to the signer: drafted and linted by the issuer package, stored as
 * text, signed, put together. OpenID4VCI asks for one securing at a time, so each is stored by itself.
 */
import {
  fromBase64url,
  type PublicKey,
  sigStructure,
  toBase64url,
  utf8Encode,
} from '@onetrip/codec'
import {
  assembleMdoc,
  assemblePaper,
  assembleSdCwt,
  assembleSdJwt,
  issuanceEntry,
  paperText,
  parseMdoc,
  parsePaper,
  parseSdCwt,
  parseSdJwt,
} from '@onetrip/credential'
import {
  draftPaper as draftLintedPaper,
  draftMdoc,
  draftSdCwt,
  draftSdJwt,
  type IssueOrder,
  type SecuringOrder,
} from '@onetrip/issuer'
import type { IssuanceEntry } from '@onetrip/log'
import type { StatusReference } from '@onetrip/status'
import * as v from 'valibot'
import type { HeldForm } from '../offers/make-offer.ts'

const SIGNATURE_BYTES = 64
const BYTES = v.string()

const DRAFT: v.GenericSchema<unknown, CredentialDraft> = v.variant('form', [
  v.strictObject({
    form: v.literal('sd-cwt'),
    protectedBytes: BYTES,
    payload: BYTES,
    disclosures: v.array(BYTES),
  }),
  v.strictObject({
    form: v.literal('sd-jwt'),
    signingInput: v.string(),
    disclosures: v.array(v.string()),
  }),
  v.strictObject({
    form: v.literal('mdoc'),
    docType: v.string(),
    protectedBytes: BYTES,
    payload: BYTES,
    kid: BYTES,
    certificate: BYTES,
    items: v.array(BYTES),
  }),
  v.strictObject({ form: v.literal('paper'), protectedBytes: BYTES, payload: BYTES }),
])

/** What awaits a signature; bytes as base64url. */
export type CredentialDraft =
  | {
      readonly form: 'sd-cwt'
      readonly protectedBytes: string
      readonly payload: string
      readonly disclosures: readonly string[]
    }
  | {
      readonly form: 'sd-jwt'
      readonly signingInput: string
      readonly disclosures: readonly string[]
    }
  | {
      readonly form: 'mdoc'
      readonly docType: string
      readonly protectedBytes: string
      readonly payload: string
      readonly kid: string
      readonly certificate: string
      readonly items: readonly string[]
    }
  | { readonly form: 'paper'; readonly protectedBytes: string; readonly payload: string }

/**
 * Drafts and lints the securing `form`. Throws `claim/*`, `credential/lint`; `TypeError` for an mdoc without the certificate of the
 * agency's key.
 */
export function draftHeld(
  form: HeldForm,
  order: SecuringOrder & { readonly certificate?: Uint8Array | undefined },
): CredentialDraft {
  if (form === 'sd-jwt') return { form, ...draftSdJwt(order).pending }
  if (form === 'mdoc') return mdocDraft(order)
  const { protectedBytes, payload, disclosures } = draftSdCwt(order).pending
  return {
    form,
    protectedBytes: toBase64url(protectedBytes),
    payload: toBase64url(payload),
    disclosures: disclosures.map(toBase64url),
  }
}

function mdocDraft(
  order: SecuringOrder & { readonly certificate?: Uint8Array | undefined },
): CredentialDraft {
  const { certificate } = order
  if (certificate === undefined) throw new TypeError('an mdoc needs a certificate')
  const { docType, protectedBytes, payload, kid, items } = draftMdoc({ ...order, certificate })
  return {
    form: 'mdoc',
    docType,
    protectedBytes: toBase64url(protectedBytes),
    payload: toBase64url(payload),
    kid: toBase64url(kid),
    certificate: toBase64url(certificate),
    items: items.map(toBase64url),
  }
}

/** Drafts and lints a paper code. Throws `claim/*`, `credential/lint`, `qr/too-big`. */
export function draftPaper(
  order: IssueOrder & { readonly issuerKey: PublicKey; readonly status: StatusReference },
): CredentialDraft {
  const { protectedBytes, payload } = draftLintedPaper(order)
  return {
    form: 'paper',
    protectedBytes: toBase64url(protectedBytes),
    payload: toBase64url(payload),
  }
}

/** The draft as stored. */
export function encodeDraft(draft: CredentialDraft): string {
  return JSON.stringify(draft)
}

/** A stored draft. */
export function decodeDraft(text: string): CredentialDraft {
  return v.parse(DRAFT, JSON.parse(text))
}

/** The bytes to be signed. */
export function signingInputOf(draft: CredentialDraft): Uint8Array {
  if (draft.form === 'sd-jwt') return utf8Encode(draft.signingInput)
  return sigStructure({
    protectedBytes: fromBase64url(draft.protectedBytes),
    payload: fromBase64url(draft.payload),
  })
}

/** The signed credential as text: the SD-JWT, or CBOR as base64url. */
export function completeDraft(draft: CredentialDraft, signature: Uint8Array): string {
  if (signature.length !== SIGNATURE_BYTES) throw new TypeError('signer: wrong signature length')
  if (draft.form === 'sd-jwt') return assembleSdJwt(draft, signature)
  const signed = {
    protectedBytes: fromBase64url(draft.protectedBytes),
    payload: fromBase64url(draft.payload),
  }
  if (draft.form === 'paper') return toBase64url(assemblePaper(signed, signature))
  if (draft.form === 'mdoc') {
    const { docType, kid, certificate, items } = draft
    const beside = { kid: fromBase64url(kid), certificate: fromBase64url(certificate) }
    const elements = items.map(fromBase64url)
    return toBase64url(assembleMdoc({ docType, ...signed, ...beside, items: elements }, signature))
  }
  const disclosures = draft.disclosures.map(fromBase64url)
  return toBase64url(assembleSdCwt({ ...signed, disclosures }, signature))
}

/** What a completed credential leaves in the record. */
export function entryOf(form: CredentialDraft['form'], credential: string): IssuanceEntry {
  if (form === 'sd-jwt') return issuanceEntry(parseSdJwt(credential))
  const bytes = fromBase64url(credential)
  if (form === 'mdoc') return issuanceEntry(parseMdoc(bytes))
  return issuanceEntry(form === 'paper' ? parsePaper(bytes) : parseSdCwt(bytes))
}

/** The QR text of a completed paper credential. */
export function paperCodeOf(credential: string): string {
  return paperText(fromBase64url(credential))
}

/** What the rules on a receipt look at, besides the device that signed it: the request and the answer that it is for. */
import { fault, type PublicKey, sha256, toBase64url, toHex } from '@onetrip/codec'
import {
  type AnswerReceipt,
  answerBytes,
  delegateCode,
  disclosedDigests,
  type KeyBinding,
  type OfficeRequest,
  openAnswer,
  type Presentation,
  parseAnswer,
  parsePresentation,
  type ReceiptClaim,
  type ReceiptMaterial,
  type TypeDefinition,
  type Want,
  wantServedBy,
} from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { type DeviceQuestion, type DeviceSubject, deviceSubject } from './device-subject.ts'
import { findIssuer, findType } from './issuer-source.ts'
import type { Settled } from './rule.ts'
import { settle, settleAsync } from './settle.ts'
import { findKeys, proveIssuer } from './subject.ts'

/** The request that a receipt is for. */
export interface ReceiptRequest extends Pick<OfficeRequest, 'office' | 'matter'> {
  /** Its digest, or what its nonce commits to: 32 bytes, what holders' keys signed as nonce. */
  readonly digest: Uint8Array
  /** Client identifier of one that came over the network. */
  readonly client?: string
}

/** An answer beside a receipt. */
export interface AnsweredSubject {
  /** SHA-256 of its bytes. */
  readonly digest: Uint8Array
  /** What it discloses. */
  readonly shown: Settled<readonly ReceiptMaterial[]>
  /** Whether every holder's key signed for the receipt's office, or the client that it names, and for its request. */
  readonly agreement: Settled<true>
}

/** A receipt with what the trust data say of its device, and what lies beside it. */
export interface ReceiptSubject extends DeviceSubject {
  readonly receipt: AnswerReceipt
  readonly request: ReceiptRequest | undefined
  readonly answer: AnsweredSubject | undefined
}

/** Gathers the subject; the device's certificate has to have been in force when the receipt was given. */
export async function receiptSubject(
  receipt: AnswerReceipt,
  question: DeviceQuestion,
  beside: { readonly request?: ReceiptRequest; readonly answer?: Uint8Array | string },
): Promise<ReceiptSubject> {
  const device = await deviceSubject(receipt, question, receipt.issuedAt)
  const { request, answer } = beside
  return {
    ...device,
    receipt,
    request,
    answer: answer === undefined ? undefined : await answered(answer, receipt, question.trust),
  }
}

/**
 * What an answer discloses, for its receipt: types and issuers by the trust data. Throws what parsing throws;
 * `issuer/unknown`, `type/unknown`, `claim/unknown`, `answer/unasked` for a licence by itself that serves as no want.
 */
export function shownInAnswer(
  answer: Uint8Array | string,
  options: { readonly request: { readonly wants: readonly Want[] }; readonly trust: Trust },
): readonly ReceiptMaterial[] {
  const { request, trust } = options
  return materialsOf(answer, trust, (typeCode) => {
    const want = wantServedBy(request.wants, typeCode)
    if (want === undefined) throw fault('answer/unasked')
    return want.material
  })
}

async function answered(
  answer: Uint8Array | string,
  receipt: AnswerReceipt,
  trust: Trust,
): Promise<AnsweredSubject> {
  // A licence by itself names no material: the receipt does.
  const only = receipt.shown[0]?.material ?? ''
  return {
    digest: sha256(settle(() => answerBytes(answer)).value ?? new Uint8Array(0)),
    shown: settle(() => materialsOf(answer, trust, () => only)),
    agreement: await settleAsync(() => assertAgreement(answer, receipt, trust)),
  }
}

function materialsOf(
  answer: Uint8Array | string,
  trust: Trust,
  materialFor: (typeCode: string) => string,
): readonly ReceiptMaterial[] {
  return parseAnswer(answer).map(({ material, presentation: shown }) => {
    const presentation = parsePresentation(shown)
    const { agency, issuerTrust } = findIssuer(presentation, trust)
    const type = findType(presentation, issuerTrust)
    if (agency === undefined) throw fault('issuer/unknown')
    if (type === undefined) throw fault('type/unknown')
    return {
      material: material ?? materialFor(type.typeCode),
      type: type.typeCode,
      issuer: agency.id,
      claims: claimsOf(shown, type),
    }
  })
}

function claimsOf(shown: Uint8Array | string, type: TypeDefinition): readonly ReceiptClaim[] {
  const claims = disclosedDigests(shown).map(({ key, digest }) => {
    const claim = type.claims.find((each) => each.key === key || each.name === key)
    if (claim === undefined) throw fault('claim/unknown')
    return { name: claim.name, digest }
  })
  return claims.sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function assertAgreement(
  answer: Uint8Array | string,
  receipt: AnswerReceipt,
  trust: Trust,
): Promise<true> {
  const { parts, delegate } = openAnswer(answer)
  const shown = parts.map(({ presentation }) => parsePresentation(presentation))
  if (delegate === undefined) {
    for (const each of shown) await assertAnswered(each, receipt, trust)
    return true
  }
  const key = await assertAnswered(delegate, receipt, trust)
  for (const each of shown) {
    const { audience, matter, expiresAt } = (await provenBinding(each, trust)).keyBinding
    if (audience !== delegateCode(key)) throw fault('delegation/delegate')
    if (matter !== receipt.matter) throw fault('delegation/matter')
    if (expiresAt === undefined || receipt.issuedAt >= expiresAt) throw fault('delegation/expired')
  }
  return true
}

async function assertAnswered(
  presentation: Presentation,
  { office, request, client }: AnswerReceipt,
  trust: Trust,
): Promise<PublicKey> {
  const { keyBinding, holderKey } = await provenBinding(presentation, trust)
  if (keyBinding.audience !== (client ?? office)) throw fault('key-binding/audience')
  const nonce = client === undefined ? toHex(request) : toBase64url(request)
  if (keyBinding.nonce !== nonce) throw fault('key-binding/nonce')
  return holderKey
}

/** The key binding of a licence that a listed key of its agency signed: else anybody could agree in anybody's name. */
async function provenBinding(
  presentation: Presentation,
  trust: Trust,
): Promise<{ readonly keyBinding: KeyBinding; readonly holderKey: PublicKey }> {
  const { keyBinding, claims, issuerSigned } = presentation
  const { agency } = findIssuer(presentation, trust)
  const keys = findKeys(presentation, agency).filter(
    ({ key }) => key.algorithm === issuerSigned.algorithm,
  )
  const { code } = await proveIssuer(presentation, keys)
  if (code !== undefined) throw fault(code)
  const { holderKey } = claims
  if (keyBinding === undefined || holderKey === undefined) throw fault('key-binding/missing')
  await keyBinding.verify(holderKey)
  return { keyBinding, holderKey }
}

/** The two forms of a seal or an impression between commitment and signature, stored as text. */
import { fromBase64url, type Signer, sigStructure, toBase64url, utf8Encode } from '@onetrip/codec'
import { assembleCose, assembleJws, type CoseDraft, type JwsText } from '@onetrip/seal'
import * as v from 'valibot'

const DRAFT = v.strictObject({
  protectedBytes: v.string(),
  payload: v.string(),
  signingInput: v.string(),
})

/** Both forms, signed. */
export interface SignedForms {
  readonly cose: Uint8Array
  readonly jws: string
}

/** What awaits two signatures, as JSON text. */
export function encodeForms(cose: CoseDraft, jws: JwsText): string {
  const draft: v.InferOutput<typeof DRAFT> = {
    protectedBytes: toBase64url(cose.protectedBytes),
    payload: toBase64url(cose.payload),
    signingInput: jws.signingInput,
  }
  return JSON.stringify(draft)
}

/** Signs what {@link encodeForms} stored, each form with its own key or both with one. */
export async function signForms(
  stored: string,
  signers: { readonly cose: Signer; readonly jws: Signer },
): Promise<SignedForms> {
  const { protectedBytes, payload, signingInput } = v.parse(DRAFT, JSON.parse(stored))
  const draft = { protectedBytes: fromBase64url(protectedBytes), payload: fromBase64url(payload) }
  const cose = assembleCose(draft, await signers.cose.sign(sigStructure(draft)))
  const jws = assembleJws({ signingInput }, await signers.jws.sign(utf8Encode(signingInput)))
  return { cose, jws }
}

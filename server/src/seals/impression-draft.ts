/** An impression between commitment and result: what is to be signed of it, then its two signatures. */
import { fromBase64url, toBase64url } from '@onetrip/codec'
import * as v from 'valibot'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import type { SealTable, SealUseFileTable } from '../storage/seal-schema.ts'
import { type SignedForms, signForms } from './draft-forms.ts'

interface Draft {
  /** As `encodeForms` writes it. */
  readonly forms: string
  readonly beside: string
  /** `cose` is base64url. */
  readonly signed?: { readonly cose: string; readonly jws: string } | undefined
}

const DRAFT: v.GenericSchema<unknown, Draft> = v.strictObject({
  forms: v.string(),
  beside: v.string(),
  signed: v.optional(v.strictObject({ cose: v.string(), jws: v.string() })),
})

/** A draft of two forms (`encodeForms`), and of what is kept beside them. */
export function encodeDraft(draft: Pick<Draft, 'forms' | 'beside'>): string {
  return JSON.stringify(draft)
}

/**
 * Signs the draft of a pending file and keeps both signatures in it, before anybody else sees them: signed again after a crash
 * they would be others, and a time-stamp over them of another impression. Of two that sign at once, those of the first stay.
 */
export async function keepSignatures(
  services: Services,
  { file, seal }: { readonly file: SealUseFileTable; readonly seal: SealTable },
): Promise<void> {
  if (file.draft === null) return
  const draft = parseDraft(file.draft)
  if (draft.signed !== undefined) return
  const signer = services.keys.signer(seal.key_id ?? '')
  const { cose, jws } = await signForms(draft.forms, { cose: signer, jws: signer })
  const kept: Draft = { ...draft, signed: { cose: toBase64url(cose), jws } }
  await transact(services.storage, async (transaction) => {
    await transaction
      .updateTable('seal_use_file')
      .set({ draft: JSON.stringify(kept) })
      .where('use_id', '=', file.use_id)
      .where('sequence', '=', file.sequence)
      .where('draft', '=', file.draft)
      .execute()
  })
}

/** The signed forms of a draft after {@link keepSignatures}, and what is kept beside them. */
export function signedIn(draft: string): {
  readonly forms: SignedForms
  readonly beside: string
} {
  const { signed, beside } = parseDraft(draft)
  if (signed === undefined) throw new TypeError('impression: not signed')
  return { forms: { cose: fromBase64url(signed.cose), jws: signed.jws }, beside }
}

function parseDraft(draft: string): Draft {
  return v.parse(DRAFT, JSON.parse(draft))
}

/** Which key signed which form: a seal's forms under its maker's keys, an impression's under the seal's. */
import {
  type Algorithm,
  type ErrorCode,
  equalBytes,
  Fault,
  type PublicKey,
  verifyJws,
  verifySign1,
} from '@onetrip/codec'
import { keysByKid, type SealMaker, type SealMakerKey } from '@onetrip/trust'
import type { FiledImpression, FiledSeal } from './seal-file.ts'
import type { NamedJws, NamedSign1 } from './signed-forms.ts'

/** One form: the key that it names, and how to verify it. */
interface SignedForm {
  readonly kid: Uint8Array
  readonly algorithm: Algorithm
  /** Throws `signature/*`. */
  readonly verify: (key: PublicKey) => Promise<void>
}

/** What became of one form's signature under the maker's keys. */
export interface MakerSignature {
  /** The key under which it holds, else the first with its name; or why there is none. */
  readonly key:
    | { readonly value: SealMakerKey; readonly code?: undefined }
    | { readonly value?: undefined; readonly code: ErrorCode }
  /** Why the signature does not hold. */
  readonly code?: ErrorCode
}

/**
 * Tries the keys of a maker, those of use `seal`, on both forms of a seal: `key/unknown`, `algorithm/not-allowed`,
 * `signature/*`.
 */
export async function makerSignaturesOf(
  seal: FiledSeal,
  maker: SealMaker | undefined,
): Promise<readonly MakerSignature[]> {
  return Promise.all(formsOf(seal).map((form) => underMaker(form, maker)))
}

/** As {@link makerSignaturesOf}, of a seal of which only one form is at hand. */
export async function makerSignatureOf(
  form: NamedSign1 | NamedJws,
  maker: SealMaker | undefined,
): Promise<MakerSignature> {
  return underMaker('sign1' in form ? coseForm(form) : jwsForm(form), maker)
}

/** Whether the seal lists the keys that both forms of an impression name. */
export function areKeysListed(impression: FiledImpression): boolean {
  return formsOf(impression).every((form) => listedKey(impression.seal, form) !== undefined)
}

/** Why the forms of an impression do not hold under the keys of its seal: `algorithm/not-allowed`, `signature/*`. */
export async function impressionSignatureOf(
  impression: FiledImpression,
): Promise<ErrorCode | undefined> {
  for (const form of formsOf(impression)) {
    const key = listedKey(impression.seal, form)
    const code = key === undefined ? 'seal/key-not-listed' : await codeOf(form, key)
    if (code !== undefined) return code
  }
  return undefined
}

function formsOf(of: { readonly cose: NamedSign1; readonly jws: NamedJws }): readonly SignedForm[] {
  return [coseForm(of.cose), jwsForm(of.jws)]
}

function coseForm({ kid, sign1 }: NamedSign1): SignedForm {
  return { kid, algorithm: sign1.algorithm, verify: (key) => verifySign1(sign1, key) }
}

function jwsForm({ kid, jws }: NamedJws): SignedForm {
  return { kid, algorithm: jws.algorithm, verify: (key) => verifyJws(jws, key) }
}

async function underMaker(form: SignedForm, maker: SealMaker | undefined): Promise<MakerSignature> {
  const named = keysNamed(form.kid, maker)
  const candidates = named.filter(({ key }) => key.algorithm === form.algorithm)
  const [first] = candidates
  if (first === undefined) {
    const code = named.length === 0 ? 'key/unknown' : 'algorithm/not-allowed'
    return { key: { code }, code }
  }
  let code: ErrorCode = 'signature/invalid'
  for (const value of candidates) {
    const refused = await codeOf(form, value.key)
    if (refused === undefined) return { key: { value } }
    code = refused
  }
  return { key: { value: first }, code }
}

/** A key for status lists is an online one, and makes no seals. */
function keysNamed(kid: Uint8Array, maker: SealMaker | undefined): readonly SealMakerKey[] {
  return maker === undefined ? [] : keysByKid(maker, kid).filter(({ use }) => use === 'seal')
}

/** A seal's keys ascend strictly by `kid`, so that a name is one key's. */
function listedKey(seal: FiledSeal, { kid }: SignedForm): PublicKey | undefined {
  return seal.cose.facts.keys.find((key) => equalBytes(key.kid, kid))
}

async function codeOf(form: SignedForm, key: PublicKey): Promise<ErrorCode | undefined> {
  try {
    await form.verify(key)
    return undefined
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}

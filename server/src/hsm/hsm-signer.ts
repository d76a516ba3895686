/** A key of an HSM as a {@link Signer}: what the module gives is verified before it leaves, so nothing that is wrong is ever given out. */
import {
  Fault,
  fault,
  type PublicKey,
  publicKeyFromRaw,
  type Signer,
  verifySignature,
} from '@onetrip/codec'
import type { Hsm } from './hsm.ts'
import type { HsmKey } from './hsm-messages.ts'

/**
 * The signer of the key with this `CKA_ID` and public half; `key/unavailable` where there is no HSM, it does not answer, or it gives
 * anything but a signature of that key.
 */
export function hsmSigner(
  hsm: Hsm | undefined,
  { id, publicKey }: { readonly id: string; readonly publicKey: PublicKey },
): Signer {
  const { algorithm } = publicKey
  if (algorithm === 'ES384') throw new TypeError('hsm: no key of ours has this algorithm')
  return {
    publicKey,
    sign: async (data) => {
      if (hsm === undefined) throw fault('key/unavailable')
      const signature = await hsm.sign({ id, algorithm, data })
      if (!(await isSignature(publicKey, signature, data))) {
        throw fault(
          'key/unavailable',
          'the module gave something else than a signature of this key',
        )
      }
      return signature
    },
  }
}

async function isSignature(
  key: PublicKey,
  signature: Uint8Array,
  data: Uint8Array,
): Promise<boolean> {
  // Of the wrong length it is refused by a throw.
  return verifySignature({ key, signature, data }).catch(() => false)
}

/** Settles something that a signature is missing for: false where the key's HSM does not answer, so that it waits. */
export async function settleWhereAvailable(settle: () => Promise<unknown>): Promise<boolean> {
  try {
    await settle()
    return true
  } catch (error) {
    if (error instanceof Fault && error.code === 'key/unavailable') return false
    throw error
  }
}

/** The public half of a key as the module tells it. */
export function hsmPublicKey({ algorithm, raw }: HsmKey): PublicKey {
  return publicKeyFromRaw(algorithm, raw)
}

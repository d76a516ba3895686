/** The one shape of everything that signs: a key in memory, a key in a browser, an HSM. */
import type { PublicKey } from './keys.ts'

/** Signs with a private key that stays inside. */
export interface Signer {
  readonly publicKey: PublicKey
  /** Signs the bytes as given and answers 64 bytes: R ‖ S for Ed25519, r ‖ s for ES256. */
  readonly sign: (data: Uint8Array) => Promise<Uint8Array>
}

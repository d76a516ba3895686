/** What the server and the process that holds the module say to each other (structured clones, in order, one at a time). */

/** Where the keys are. */
export interface HsmPlace {
  /** Path of the PKCS#11 module. */
  readonly module: string
  /** Label of the token. */
  readonly tokenLabel: string
  readonly pin: string
}

/** Algorithms that keys of a module have here. */
export type HsmAlgorithm = 'Ed25519' | 'ES256'

/** A key pair in the module, by its public half. */
export interface HsmKey {
  readonly label: string
  /** `CKA_ID` in lower-case hex. */
  readonly id: string
  readonly algorithm: HsmAlgorithm
  /** As `PublicKey.raw`. */
  readonly raw: Uint8Array
}

/** What is asked. The first of a process is `open`. */
export type HsmOrder =
  | { readonly act: 'open'; readonly place: HsmPlace }
  /** Whether the session is alive. */
  | { readonly act: 'check' }
  /** All keys, or those of one label. */
  | { readonly act: 'list'; readonly label?: string }
  | {
      readonly act: 'generate'
      readonly label: string
      readonly id: string
      readonly algorithm: HsmAlgorithm
    }
  | { readonly act: 'destroy'; readonly id: string }
  | {
      readonly act: 'sign'
      readonly id: string
      readonly algorithm: HsmAlgorithm
      readonly data: Uint8Array
    }

/**
 * Why not: `pin` the module refused it, and counts how often; `key` there is none of this name, or several; `device` anything else.
 * `code` is the module's `CKR_…`, 0 where there is none.
 */
export interface HsmFault {
  readonly fault: 'pin' | 'key' | 'device'
  readonly code: number
}

/** What is answered. */
export type HsmAnswer =
  | HsmFault
  | { readonly keys: readonly HsmKey[] }
  | { readonly signature: Uint8Array }

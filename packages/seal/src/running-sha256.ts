/** The one shape of a SHA-256 that takes its input in parts, whoever computes it. */

/** Ends with its first `digest`. */
export interface RunningSha256 {
  readonly update: (part: Uint8Array) => void
  /** 32 bytes. */
  readonly digest: () => Uint8Array
}

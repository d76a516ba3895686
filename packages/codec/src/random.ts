/** Randomness is the caller's: tests pass a seeded one, products the platform's. */

/** Gives that many fresh bytes of a cryptographic random generator. */
export type Random = (length: number) => Uint8Array

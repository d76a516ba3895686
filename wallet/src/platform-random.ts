/** Randomness of the platform, for everything that has it passed in. */
export const platformRandom = (length: number): Uint8Array =>
  crypto.getRandomValues(new Uint8Array(length))

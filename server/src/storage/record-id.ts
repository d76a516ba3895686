/** Ids of records: UUIDv7 (RFC 9562 §5.7), rising within a process (§6.2), so that rows sort by when they were made. */

const UUID_BYTES = 16
const TIME_BYTES = 6

/** Makes ids from Unix seconds and randomness; each is greater than the one before. */
export function recordIds(now: () => number, random: (length: number) => Uint8Array): () => string {
  let lastMilliseconds = 0
  return () => {
    lastMilliseconds = Math.max(Math.floor(now() * 1000), lastMilliseconds + 1)
    return uuidV7(lastMilliseconds, random(UUID_BYTES))
  }
}

function uuidV7(milliseconds: number, random: Uint8Array): string {
  const bytes = Uint8Array.from(random)
  for (let index = 0; index < TIME_BYTES; index += 1) {
    bytes[index] = Math.floor(milliseconds / 2 ** (8 * (TIME_BYTES - 1 - index))) % 256
  }
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = Buffer.from(bytes).toString('hex')
  const ends = [8, 12, 16, 20, 32]
  return ends.map((end, index) => hex.slice(ends[index - 1] ?? 0, end)).join('-')
}

/** Ids of records: UUIDv7 (RFC 9562 §5.7), so that rows sort by when they were made. */

const UUID_BYTES = 16

/** Makes an id from Unix seconds and 16 random bytes. */
export function recordId(now: number, random: (length: number) => Uint8Array): string {
  const bytes = Uint8Array.from(random(UUID_BYTES))
  const milliseconds = Math.floor(now * 1000)
  for (let index = 0; index < 6; index += 1) {
    bytes[index] = Math.floor(milliseconds / 2 ** (8 * (5 - index))) % 256
  }
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = Buffer.from(bytes).toString('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}

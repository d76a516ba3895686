/** Telling an offline pack from a file that holds a code; loaded with the first screen, so it imports nothing. */

/** How a pack begins (ARCHITECTURE §5). */
const MAGIC = 'OTPACK'
const NAME = /\.otpack$/i

/** Whether a file is, or calls itself, an offline pack. */
export async function isPackFile(file: Blob): Promise<boolean> {
  if (file instanceof File && NAME.test(file.name)) return true
  const head = new Uint8Array(await file.slice(0, MAGIC.length).arrayBuffer())
  return String.fromCharCode(...head) === MAGIC
}

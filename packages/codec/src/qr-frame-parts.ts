/**
 * Which parts a frame combines. Frame number n below the number of parts K is part n. Every later one tosses a coin for
 * each part: the coins are the bits of words 0, 1, … of that frame, lowest first, where word w is MurmurHash3's 32-bit
 * finaliser of 8n + w (mod 2^32); where no part comes up, it is part n mod K.
 *
 * So there is one degree, K/2 on average, and no table of degrees: those keep the work of a decoder low that only peels,
 * and ours eliminates. With r parts still missing a frame is worth nothing once in 2^r only, whichever parts they are:
 * any K + 1.6 frames suffice on average, one in a thousand times more than K + 10.
 */

const WORD_BITS = 32
/** Words of the most parts, 256. */
const MAX_WORDS = 8

/** The parts of a frame as bits: part p is bit p mod 32 of word ⌊p / 32⌋. At least one is set. */
export function partsOfFrame(number: number, count: number): Uint32Array {
  const words = new Uint32Array(Math.ceil(count / WORD_BITS))
  if (number < count) return withPart(words, number)
  for (let word = 0; word < words.length; word++) {
    words[word] = mix(Math.imul(number, MAX_WORDS) + word)
  }
  const rest = count % WORD_BITS
  if (rest !== 0) words[words.length - 1] = (words.at(-1) ?? 0) & (2 ** rest - 1)
  return words.every((word) => word === 0) ? withPart(words, number % count) : words
}

/** Whether part `part` is in the combination. */
export function hasPart(words: Uint32Array, part: number): boolean {
  return (((words[part >>> 5] ?? 0) >>> (part & 31)) & 1) === 1
}

function withPart(words: Uint32Array, part: number): Uint32Array {
  words[part >>> 5] = 1 << (part & 31)
  return words
}

/** MurmurHash3's finaliser for 32 bits: each bit of the input turns each bit of the output half of the time. */
function mix(input: number): number {
  let mixed = input >>> 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/**
 * Whether this device has a glyph for a character: drawn small, and compared with code points that no
 * font has. What has none is drawn as an empty box, or as nothing, always the same.
 */

const SIDE = 24
/** A noncharacter of the supplementary private use plane. */
const NOWHERE = 0x10ffff
/** The last two code points of each plane are noncharacters. */
const LAST_OF_PLANE = 0xfffe

const known = new Map<string, boolean>()
let context: CanvasRenderingContext2D | undefined

/** Says whether a character can be drawn; each is tried once. */
export function isDrawable(character: string): boolean {
  const found = known.get(character) ?? tried(character)
  known.set(character, found)
  return found
}

function tried(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  const none = [NOWHERE, (code & ~0xffff) | LAST_OF_PLANE, undefined]
  const picture = drawn(character)
  return none.every((other) => {
    const text = other === undefined ? '' : String.fromCodePoint(other)
    return picture !== drawn(text)
  })
}

/** The alpha values of a drawn text, as a text to compare. */
function drawn(text: string): string {
  context ??= newContext()
  context.clearRect(0, 0, SIDE, SIDE)
  context.fillText(text, 0, SIDE - 4)
  const { data } = context.getImageData(0, 0, SIDE, SIDE)
  return data.filter((_, index) => index % 4 === 3).join(',')
}

function newContext(): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas')
  canvas.width = SIDE
  canvas.height = SIDE
  const made = canvas.getContext('2d', { willReadFrequently: true })
  if (made === null) throw new TypeError('no canvas')
  made.font = `${SIDE - 4}px ${getComputedStyle(document.body).fontFamily}`
  return made
}

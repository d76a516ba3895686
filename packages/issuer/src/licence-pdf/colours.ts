/** Colours of a licence's sheet: black for what it states, shades of its type's hue for everything else. */

/** Red, green and blue, 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number]

/** Shades of one hue. */
export interface Shades {
  /** Labels and titles: read on white and in a copy. */
  readonly dark: Colour
  /** Borders. */
  readonly middle: Colour
  /** Rules and marks beneath the text. */
  readonly pale: Colour
  /** Lines of the pattern. */
  readonly faint: Colour
}

/** What a licence states, and its code. */
export const BLACK: Colour = [0, 0, 0]

/** A mark that is not to be overlooked. */
export const RED: Colour = [0.78, 0.06, 0.18]

/** The shades of a hue in degrees. */
export function shadesOf(hue: number): Shades {
  return {
    dark: fromHsl(hue, 0.5, 0.24),
    middle: fromHsl(hue, 0.38, 0.42),
    pale: fromHsl(hue, 0.3, 0.8),
    faint: fromHsl(hue, 0.35, 0.92),
  }
}

/** CSS Color 4 §7: saturation and lightness 0 to 1. */
function fromHsl(hue: number, saturation: number, lightness: number): Colour {
  const reach = saturation * Math.min(lightness, 1 - lightness)
  const channel = (offset: number): number => {
    const place = (offset + hue / 30) % 12
    return lightness - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1))
  }
  return [channel(0), channel(8), channel(4)]
}

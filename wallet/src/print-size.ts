/** How large a code is printed: every module a whole number of dots at 300 dpi, never under 0.4 mm. */

const DOT_MM = 25.4 / 300
/** 5 dots are 0.423 mm, the first whole number of dots over the 0.4 mm of ARCHITECTURE §2. */
const MIN_DOTS = 5
const MIN_WIDTH_MM = 50

/** Printed width in millimetres of a code of `side` modules, its quiet zone included; at least 50. */
export function printedWidthMm(side: number): number {
  const dots = Math.max(MIN_DOTS, Math.ceil(MIN_WIDTH_MM / (side * DOT_MM)))
  return side * dots * DOT_MM
}

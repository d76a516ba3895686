/** The paper code as a QR code, and its number under it for people. */
import { fault } from '@onetrip/codec'
import { codeNumber } from '@onetrip/credential'
import { qrModules } from '../qr-modules.ts'
import { BLACK, type Shades } from './colours.ts'
import { MM_PER_POINT, type PageContent } from './page-content.ts'
import { addElement, type StructureElement } from './structure.ts'

/** Smallest module that phones and counters read from print, in millimetres. */
const MIN_MODULE_MM = 0.4

/** Draws the code in a square of `side` millimetres without its quiet zone. Throws `qr/too-big` for modules below 0.4 mm. */
export function drawCode(
  page: PageContent,
  options: {
    readonly code: string
    readonly left: number
    readonly top: number
    readonly side: number
    /** Size of the number, in points. */
    readonly sizePoints: number
    readonly shades: Shades
    readonly parent: StructureElement
  },
): void {
  const { code, left, top, side, sizePoints, shades, parent } = options
  const modules = qrModules(code, 'M')
  const module = side / modules.side
  if (module < MIN_MODULE_MM) throw fault('qr/too-big')
  const number = codeNumber(code)
  page.within(addElement(parent, 'Figure', `二维码，编号 ${number}`), () =>
    page.fillBoxes(
      modules.runs.map(({ row, column, length }) => ({
        left: left + column * module,
        top: top + row * module,
        width: length * module,
        height: module,
      })),
      BLACK,
    ),
  )
  const y = top + side + 2.2 * sizePoints * MM_PER_POINT
  page.within(addElement(parent, 'P'), () =>
    page.text({
      text: `二维码编号 ${number}`,
      ...{ x: left + side / 2, y, align: 'centre', sizePoints, colour: shades.dark },
    }),
  )
}

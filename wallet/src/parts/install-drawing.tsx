/** Small drawings beside the steps of the installing guide; the step's own words say the same. */
import type { VNode } from 'preact'

/** What is drawn. */
export type InstallSubject = 'share' | 'menu' | 'add' | 'confirm' | 'home' | 'browser'

/** Properties of {@link InstallDrawing}. */
export interface InstallDrawingProps {
  readonly subject: InstallSubject
}

const PHONE = 'M46 4h68a10 10 0 0 1 10 10v92H36V14A10 10 0 0 1 46 4Z'
const ROWS = 'M46 26h44M46 66h52M46 86h36'
const ROW = 'M42 38h76v18H42Z'
const ICONS =
  'M46 20h18v18H46ZM71 20h18v18H71ZM96 20h18v18H96ZM46 48h18v18H46ZM96 48h18v18H96ZM46 76h18v18H46ZM71 76h18v18H71ZM96 76h18v18H96Z'

const DRAWN: Readonly<Record<InstallSubject, { readonly quiet: string; readonly mark: string }>> = {
  share: {
    quiet: `${PHONE}M36 82h88M48 20h64v10H48Z`,
    mark: 'M73 62h-6v28h26V62h-6M80 78V50M72 57l8-8 8 8',
  },
  menu: {
    quiet: `${PHONE}M36 30h88M46 17h48`,
    mark: 'M112 11v.5M112 17v.5M112 23v.5M104 3h16v28h-16Z',
  },
  add: { quiet: PHONE + ROWS, mark: `${ROW}M100 42h10v10h-10ZM105 44.500v5M102.500 47h5M48 47h36` },
  confirm: {
    quiet: `${PHONE}M48 46h18v18H48ZM74 50h36M74 60h24M46 20h14`,
    mark: 'M90 12h28v16H90ZM98 20l4 4 8-8',
  },
  home: { quiet: PHONE + ICONS, mark: 'M71 48h18v18H71ZM75 57l4 4 7-8' },
  browser: { quiet: `${PHONE}M46 24h68v12H46Z`, mark: 'M62 52h36v36H62ZM74 76l14-14M79 62h9v9' },
}

/** Draws a step on a phone. */
export function InstallDrawing({ subject }: InstallDrawingProps): VNode {
  const { quiet, mark } = DRAWN[subject]
  return (
    <svg class="install-drawing" viewBox="0 0 160 108" aria-hidden="true" focusable="false">
      <path class="install-quiet" d={quiet} />
      <path class="install-mark" d={mark} />
    </svg>
  )
}

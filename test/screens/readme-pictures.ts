/** The README's pictures, of today's faces: `test/screenshots/*.png`. */
import { resolve } from 'node:path'
import { DESK, type Mode, PHONE, showIn } from './modes.ts'
import { nameOf } from './screen.ts'
import type { Stage } from './stage.ts'
import { SCREENS } from './table.ts'

const FOLDER = resolve(import.meta.dirname, '../screenshots')

const PICTURES: Readonly<Record<string, { readonly screen: string; readonly mode: Mode }>> = {
  'wallet-home': { screen: 'wallet-home-several', mode: { name: 'phone', ...PHONE } },
  'wallet-request': { screen: 'wallet-request', mode: { name: 'phone', ...PHONE } },
  'wallet-show': { screen: 'wallet-show', mode: { name: 'phone', ...PHONE } },
  'counter-valid': { screen: 'counter-verdict-valid', mode: { name: 'desk', ...DESK } },
  'counter-refused': { screen: 'counter-verdict-repeated', mode: { name: 'desk', ...DESK } },
}

/** Takes them, in Chinese. */
export async function takeReadmePictures(stage: Stage): Promise<void> {
  for (const [name, { screen, mode }] of Object.entries(PICTURES)) {
    const found = SCREENS.find((one) => nameOf(one) === screen)
    if (found === undefined) throw new Error(`the table has no ${screen}`)
    const page = await stage.open(found, 'zh-CN')
    await showIn(page, mode)
    await page.screenshot({ path: resolve(FOLDER, `${name}.png`) })
  }
}

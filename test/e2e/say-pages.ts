/** Says what every open page showed when a test failed: a time limit alone tells nothing of what came instead. */
import { afterEach } from 'vitest'
import { openPages } from './browser.ts'

const MOST_CHARACTERS = 1500
const MOST_MILLISECONDS = 2000

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const page of openPages()) {
    const shown = await page
      .locator('body')
      .textContent({ timeout: MOST_MILLISECONDS })
      .catch((error: unknown) => String(error))
    const words = (shown ?? '').replaceAll(/\s+/g, ' ').slice(0, MOST_CHARACTERS)
    console.error(`${task.name}\n  ${page.url()}\n  ${words}`)
  }
})

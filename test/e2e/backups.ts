/** What a holder does with a backup: makes one with its code on paper, and restores it. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { loadAfresh } from './browser.ts'

/** A file and the code that was written down. */
export interface Backup {
  readonly file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }
  readonly code: string
}

/** Makes a backup, typing the two groups that are asked for. */
export async function makeBackup(page: Page, wallet: string): Promise<Backup> {
  await loadAfresh(page, `${wallet}/#/backup`)
  await page.getByTestId('show-code').click()
  const groups = await page.getByTestId('recovery-code').locator('strong').allTextContents()
  await page.getByTestId('code-written').click()
  for (const field of await page.locator('input[name^="group-"]').all()) {
    const [, number] = (await field.getAttribute('name'))?.split('-') ?? []
    await field.fill(groups[Number(number) - 1] ?? '')
  }
  const saving = page.waitForEvent('download')
  await page.getByTestId('make-backup').click()
  const saved = await saving
  const buffer = readFileSync(await saved.path())
  await page.getByTestId('backup-made').waitFor()
  const name = saved.suggestedFilename()
  return { file: { name, mimeType: 'application/octet-stream', buffer }, code: groups.join(' ') }
}

/** Chooses the file on the open screen, types the code and goes on; what comes of it is the caller's. */
export async function restore(page: Page, { file, code }: Backup): Promise<void> {
  await page.getByTestId('backup-input').setInputFiles(file)
  await page.getByTestId('recovery-input').fill(code)
  await page.getByTestId('restore').click()
}

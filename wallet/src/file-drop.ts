/** What is dropped on the page: a pack is imported, a sealed file is checked; anything else is left alone. */
import { claimsSeals, filesOf, isPackFile, isPdf, isSealName } from '@onetrip/ui'
import { goTo, phase, route } from './wallet-state.ts'

/** Listens for files while the page is open. */
export function listenForFiles(): void {
  // Without this the browser would open the file in place of the wallet.
  addEventListener('dragover', (event) => event.preventDefault())
  addEventListener('drop', (event) => {
    event.preventDefault()
    const files = filesOf(event.dataTransfer)
    // A file that cannot be read is left alone too.
    if (phase.value === 'ready') take(files).catch(() => undefined)
  })
}

async function take(files: readonly File[]): Promise<void> {
  const [first] = files
  if (first === undefined) return
  if (await isPackFile(first)) {
    goTo({ screen: 'settings' })
    const { packImporter } = await import('./pack-transfer.tsx')
    await packImporter.take(first)
    return
  }
  if (route.value.screen !== 'document' && !(await isSealed(files, first))) return
  goTo({ screen: 'document' })
  const { documentSession } = await import('./documents.ts')
  await documentSession.take(files)
}

async function isSealed(files: readonly File[], first: File): Promise<boolean> {
  if (files.some(({ name }) => isSealName(name))) return true
  return (await isPdf(first)) && (await claimsSeals(first))
}

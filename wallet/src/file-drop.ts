/** What is dropped on the page: a pack is imported, a sealed file is checked; anything else is left alone. */
import { areSealed, type ChosenFiles, filesOf, isPackFile } from '@onetrip/ui'
import { goTo, phase, route } from './wallet-state.ts'

/** Listens for files while the page is open. */
export function listenForFiles(): void {
  // Without this the browser would open the file in place of the wallet.
  addEventListener('dragover', (event) => event.preventDefault())
  addEventListener('drop', (event) => {
    event.preventDefault()
    const [first, ...others] = filesOf(event.dataTransfer)
    if (first === undefined || phase.value !== 'ready') return
    // A file that cannot be read is left alone too.
    take([first, ...others]).catch(() => undefined)
  })
}

async function take(files: ChosenFiles): Promise<void> {
  const [first] = files
  if (await isPackFile(first)) {
    goTo({ screen: 'settings' })
    const { packImporter } = await import('./pack-transfer.tsx')
    await packImporter.take(first)
    return
  }
  if (route.value.screen !== 'document' && !(await areSealed(files, loadDocuments))) return
  goTo({ screen: 'document' })
  const { documentSession } = await loadDocuments()
  await documentSession.take(files)
}

function loadDocuments(): Promise<typeof import('./documents.ts')> {
  return import('./documents.ts')
}

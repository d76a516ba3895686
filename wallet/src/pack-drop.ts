/** An offline pack dropped anywhere on the page is imported; anything else that is dropped is left alone. */
import { isPackFile } from '@onetrip/ui'
import { goTo, phase } from './wallet-state.ts'

/** Listens for packs while the page is open. */
export function listenForPacks(): void {
  // Without this the browser would open the file in place of the wallet.
  addEventListener('dragover', (event) => event.preventDefault())
  addEventListener('drop', (event) => {
    event.preventDefault()
    const [file] = event.dataTransfer?.files ?? []
    if (file !== undefined && phase.value === 'ready') void takePack(file)
  })
}

async function takePack(file: File): Promise<void> {
  if (!(await isPackFile(file))) return
  goTo({ screen: 'settings' })
  const { packImporter } = await import('./pack-transfer.tsx')
  await packImporter.take(file)
}

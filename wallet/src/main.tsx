/** Starts the wallet. */
import {
  allowWorker,
  fetchLaterFiles,
  loadAllScreens,
  loadPreferences,
  registerServiceWorker,
} from '@onetrip/ui'
import { PDF_WORKER_URL } from '@onetrip/ui/pdf'
import '@onetrip/ui/styles.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { listenForFiles } from './file-drop.ts'
import { watchInstalling } from './install-state.ts'
import { KDF_WORKER_URL } from './kdf-worker-url.ts'
import { startKiosk } from './kiosk.ts'
import { watchPrivacy } from './privacy-watch.ts'
import './wallet.css'
import './show.css'
import './asked.css'
import './copy-sheet.css'
import './details-print.css'
import './install.css'
import './backup.css'
import './cases.css'
import { startWallet } from './wallet-state.ts'
import { whenIdle } from './when-idle.ts'

const place = document.getElementById('app')
if (place === null) {
  throw new TypeError('index.html has no #app')
}
allowWorker(KDF_WORKER_URL)
allowWorker(PDF_WORKER_URL)
loadPreferences()
startKiosk()
watchPrivacy()
listenForFiles()
watchInstalling()
void startWallet()
render(<App />, place)
void registerServiceWorker()
setTimeout(() => whenIdle(loadAllScreens), 1500)
setTimeout(() => whenIdle(() => void sendReports()), 3000)
setTimeout(() => whenIdle(() => void fetchLaterFiles()), 10_000)

/** Sends what could not be sent before; what does not load now is tried with the next start. */
async function sendReports(): Promise<void> {
  const loaded = await import('./reports.ts').catch(() => undefined)
  loaded?.reports.keepSending()
}

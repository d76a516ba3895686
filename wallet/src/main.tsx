/** Starts the wallet. */
import { allowWorker, loadPreferences, registerServiceWorker } from '@onetrip/ui'
import '@onetrip/ui/styles.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { watchInstalling } from './install-state.ts'
import { KDF_WORKER_URL } from './kdf-worker-url.ts'
import { loadAllScreens } from './lazy-screen.tsx'
import { listenForPacks } from './pack-drop.ts'
import { watchPrivacy } from './privacy-watch.ts'
import './wallet.css'
import './show.css'
import './copy-sheet.css'
import './details-print.css'
import './install.css'
import { startWallet } from './wallet-state.ts'
import { whenIdle } from './when-idle.ts'

const place = document.getElementById('app')
if (place === null) {
  throw new TypeError('index.html has no #app')
}
allowWorker(KDF_WORKER_URL)
loadPreferences()
watchPrivacy()
listenForPacks()
watchInstalling()
void startWallet()
render(<App />, place)
void registerServiceWorker()
setTimeout(() => whenIdle(loadAllScreens), 1500)

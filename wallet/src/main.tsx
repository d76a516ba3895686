/** Starts the wallet. */
import { loadPreferences, registerServiceWorker } from '@onetrip/ui'
import '@onetrip/ui/styles.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { loadAllScreens } from './lazy-screen.tsx'
import './wallet.css'
import { startWallet } from './wallet-state.ts'

const place = document.getElementById('app')
if (place === null) {
  throw new TypeError('index.html has no #app')
}
loadPreferences()
void startWallet()
render(<App />, place)
void registerServiceWorker()
setTimeout(loadAllScreens, 1500)

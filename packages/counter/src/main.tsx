/** Starts the counter. */

import { allowWorker, loadPreferences, registerServiceWorker } from '@onetrip/ui'
import { PDF_WORKER_URL } from '@onetrip/ui/pdf'
import { render } from 'preact'
import '@onetrip/ui/styles.css'
import './counter.css'
import './screens/screens.css'
import './ask/ask.css'
import { CounterApp } from './app.tsx'
import { startClock } from './clock.ts'
import { shownVerdict, startCounter } from './counter-state.ts'
import { readySound } from './feedback.ts'
import { followKiosk, kiosk } from './kiosk-state.ts'
import { followAddress } from './places.ts'
import { followSettings } from './settings.ts'

const root = document.getElementById('app')
if (root === null) throw new TypeError('the page has no #app')

allowWorker(PDF_WORKER_URL)
loadPreferences()
followSettings()
followKiosk()
followAddress((name) => {
  if (name === 'verdict') return shownVerdict.value !== undefined
  return name === 'ready' || kiosk.value === undefined
})
startClock()
readySound()
render(<CounterApp />, root)
void startCounter()
void registerServiceWorker()

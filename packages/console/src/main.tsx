/** Starts the console. */

import { loadAllScreens, loadPreferences } from '@onetrip/ui'
import { render } from 'preact'
import '@onetrip/ui/styles.css'
import './console.css'
import './table.css'
import './cases.css'
import { ConsoleApp } from './app.tsx'
import { followAddress } from './places.ts'
import { loadSession } from './session.ts'
import { takeSignInAnswer } from './sign-in.ts'

const root = document.getElementById('app')
if (root === null) throw new TypeError('the page has no #app')

loadPreferences()
takeSignInAnswer()
followAddress()
render(<ConsoleApp />, root)
void loadSession()
loadAllScreens()

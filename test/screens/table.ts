/** The table of every screen and state of both faces; pictures and tests walk it, so that none is left out. */
import { COUNTER_SCREENS } from './counter-screens.ts'
import type { Screen } from './screen.ts'
import { WALLET_SCREENS } from './wallet-screens.ts'

/** All screens, wallet first. */
export const SCREENS: readonly Screen[] = [...WALLET_SCREENS, ...COUNTER_SCREENS]

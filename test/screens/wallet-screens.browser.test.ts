/** Every screen of the wallet, in both languages and several modes: axe, reflow, sizes, language, motion, signs. */
import { expectNoFaults } from './expect-no-faults.ts'

expectNoFaults('wallet')

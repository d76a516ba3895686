/** The screens of one's own cases (我的办件), at home and at a kiosk. */
import type { CastName } from './casts.ts'
import { goSignedIn, OWN_CASES } from './own-cases.ts'
import type { Screen } from './screen.ts'

/** This part of the table. */
export const CASE_SCREENS: readonly Screen[] = [
  own('cases', 'resident', '#/cases', 'my-cases'),
  own('case-review', 'resident', `#/case/${OWN_CASES.review}`, 'progress'),
  own('case-correct', 'resident', `#/case/${OWN_CASES.correct}`, 'correct-part'),
  own('case-returned', 'resident', `#/case/${OWN_CASES.returned}`, 'returned'),
  own('case-declined', 'resident', `#/case/${OWN_CASES.declined}`, 'declined'),
  own('kiosk-cases', 'terminal', '#/cases', 'my-cases'),
  own('kiosk-case', 'terminal', `#/case/${OWN_CASES.review}`, 'progress'),
  own('kiosk-returned', 'terminal', `#/case/${OWN_CASES.returned}`, 'kiosk-show'),
]

function own(name: string, cast: CastName, address: string, testId: string): Screen {
  return {
    name,
    face: 'wallet',
    cast,
    async open(scene) {
      await goSignedIn(scene, address)
      await scene.page.getByTestId(testId).waitFor()
    },
  }
}

/** The tests of one face's part of the table: each screen, in each language, has no fault. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Face, LANGUAGES, nameOf } from './screen.ts'
import { screenFaults } from './screen-faults.ts'
import { openStage, type Stage } from './stage.ts'
import { SCREENS } from './table.ts'

/** Defines the tests. */
export function expectNoFaults(face: Face): void {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage()
  })

  afterAll(async () => {
    await stage.close()
  })

  for (const screen of SCREENS.filter((one) => one.face === face)) {
    test.each(LANGUAGES)(`${nameOf(screen)}: %s`, async (language) => {
      const page = await stage.open(screen, language)
      expect(await screenFaults({ page, screen, language })).toEqual([])
    })
  }
}

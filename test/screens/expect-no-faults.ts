/** The tests of one face's part of the table: no screen has a fault. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Face, LANGUAGES, nameOf, type Screen } from './screen.ts'
import { screenFaults } from './screen-faults.ts'
import { openStage, type Stage } from './stage.ts'
import { SCREENS } from './table.ts'

/** `ONETRIP_SCREENS=all`: each screen in both languages and in all looks, which takes some minutes more. */
const isWhole = process.env['ONETRIP_SCREENS'] === 'all'

/** Defines the tests. Unless the whole walk is wanted, screens take turns with the language. */
export function expectNoFaults(face: Face): void {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage()
  })

  afterAll(async () => {
    await stage.close()
  })

  for (const { screen, turn } of castByCast(SCREENS.filter((one) => one.face === face))) {
    const languages = isWhole ? LANGUAGES : LANGUAGES.slice(turn % 2, (turn % 2) + 1)
    test.each(languages)(`${nameOf(screen)}: %s`, async (language) => {
      const page = await stage.open(screen, language)
      const looks = isWhole ? language : 'few'
      expect(await screenFaults({ page, screen, looks })).toEqual([])
    })
  }
}

/** Screens of one cast after one another, since another page takes longer to reach; each keeps its turn in the table. */
function castByCast(screens: readonly Screen[]): readonly { screen: Screen; turn: number }[] {
  const turns = screens.map((screen, turn) => ({ screen, turn }))
  return [...Map.groupBy(turns, ({ screen }) => screen.cast).values()].flat()
}

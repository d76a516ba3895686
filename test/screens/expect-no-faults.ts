/** The tests of one face's part of the table: no screen has a fault. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isPassed } from './look-in-passing.ts'
import { type Face, LANGUAGES, type Language, nameOf, type Screen } from './screen.ts'
import { FEW, screenFaults } from './screen-faults.ts'
import { openStage, type Stage } from './stage.ts'
import { SCREENS } from './table.ts'

/** `ONETRIP_SCREENS=all`: each screen in both languages and in all looks, which takes some minutes more. */
const isWhole = process.env['ONETRIP_SCREENS'] === 'all'

/** Defines the tests. Unless the whole walk is wanted, screens take turns with the language, and other tests look at what they come by. */
export function expectNoFaults(face: Face): void {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage()
  })

  afterAll(async () => {
    await stage.close()
  })

  for (const [turn, { screen, language }] of castByCast(screensOf(face)).entries()) {
    const looks = isWhole ? language : (FEW[turn % FEW.length] ?? 'light')
    test(`${nameOf(screen)}: ${looks === language ? language : `${language}, ${looks}`}`, async () => {
      const page = await stage.open(screen, language)
      expect(await screenFaults({ page, screen, looks })).toEqual([])
    })
  }
}

function screensOf(face: Face): readonly Screen[] {
  return SCREENS.filter((one) => one.face === face && (isWhole || !isPassed(nameOf(one))))
}

interface Turn {
  readonly screen: Screen
  readonly language: Language
}

/** Screens of one cast after one another, and of those the ones in one language, since another page takes longer to reach. */
function castByCast(screens: readonly Screen[]): readonly Turn[] {
  const turns = screens.flatMap((screen, turn) => {
    const languages = isWhole ? LANGUAGES : LANGUAGES.slice(turn % 2, (turn % 2) + 1)
    return languages.map((language) => ({ screen, language }))
  })
  const casts = [...Map.groupBy(turns, ({ screen }) => screen.cast).values()]
  return casts.flatMap((cast) => [...Map.groupBy(cast, ({ language }) => language).values()].flat())
}

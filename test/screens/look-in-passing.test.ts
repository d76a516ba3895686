/** Every screen that is said to be looked at in passing is, by that test, and no other is. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { PASSED } from './look-in-passing.ts'
import { nameOf } from './screen.ts'
import { SCREENS } from './table.ts'

const ENDING = '.browser.test.ts'
const LOOK = /\blookInPassing\(\s*[\w.]+,\s*'([a-z-]+)',?\s*\)/g
const folder = join(import.meta.dirname, '../e2e')

test('the tests of test/e2e look at the screens that they are said to come by, and at no others', () => {
  const looked = readdirSync(folder)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => {
      const looks = readFileSync(join(folder, file), 'utf8').matchAll(LOOK)
      return [basename(file, ENDING), [...looks].map(([, name = '']) => name).toSorted()] as const
    })
    .filter(([, names]) => names.length > 0)
  const said = Object.entries(PASSED).map(([file, names]) => [file, names.toSorted()] as const)
  expect(Object.fromEntries(looked)).toEqual(Object.fromEntries(said))
  const names = new Set(SCREENS.map(nameOf))
  expect(
    Object.values(PASSED)
      .flat()
      .filter((name) => !names.has(name)),
  ).toEqual([])
})

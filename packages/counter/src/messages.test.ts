import { expect, test } from 'vitest'
import { counterMessages } from './messages.ts'

test('the counter speaks both languages, with the same places in each text', () => {
  const { en, 'zh-CN': zh } = counterMessages
  expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
  for (const [key, text] of Object.entries(zh)) {
    const other = Object.entries(en).find(([name]) => name === key)?.[1] ?? ''
    expect(text.trim()).not.toBe('')
    expect({ key, places: placesOf(other) }).toEqual({ key, places: placesOf(text) })
  }
})

function placesOf(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()
}

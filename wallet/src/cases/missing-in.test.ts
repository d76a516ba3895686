import { expect, test } from 'vitest'
import { hasMissing, missingIn, missingWords } from './missing-in.ts'

const text = (name: string) => ({ 'zh-CN': name, en: name })
const field = (name: string, required: boolean) => ({
  name,
  label: text(name),
  kind: 'text',
  required,
  maxCharacters: 10,
  options: [],
  fixedBy: [],
})
const material = (code: string, sources: readonly string[], way?: string) => ({
  code,
  name: text(code),
  sources,
  ...(way === undefined ? {} : { way }),
})
const FIELDS = [field('a', true), field('b', true), field('c', true), field('d', false)]

test('every empty field and every missing material is counted and named', () => {
  const missing = missingIn(
    {
      fields: FIELDS,
      materials: [
        material('layout', ['upload']),
        material('form', ['generated']),
        material('later', ['upload'], 'deferred'),
        material('there', ['upload'], 'upload'),
      ],
    },
    { a: ' ', b: 'x' },
  )
  expect(hasMissing(missing)).toBe(true)
  expect(missingWords(missing)).toBe('还有 2 项必填的没有填：a、c。 还缺 1 项材料：layout。')
})

test('nothing is missing where the server would take it', () => {
  const missing = missingIn(
    { fields: FIELDS, materials: [material('there', ['upload'], 'upload')] },
    { a: '1', b: '2', c: '3' },
  )
  expect(hasMissing(missing)).toBe(false)
})

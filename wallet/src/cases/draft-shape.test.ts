import { expect, test } from 'vitest'
import { type MatterDraft, parseDraft, parseValues } from './draft-shape.ts'

const DRAFT: MatterDraft = { format: 1, id: 'c-1', office: 'o-1', answers: { area: 'small' } }

test('a draft is read as it was kept, with and without an office', () => {
  expect(parseDraft(structuredClone(DRAFT))).toEqual(DRAFT)
  const { office: _, ...without } = DRAFT
  expect(parseDraft(without)).toEqual(without)
  expect(parseDraft({ ...DRAFT, answers: {} })).toEqual({ ...DRAFT, answers: {} })
})

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'c-1'],
  ['a later version', { ...DRAFT, format: 2 }],
  ['no id', { ...DRAFT, id: undefined }],
  ['an office that is no text', { ...DRAFT, office: 7 }],
  ['no answers', { ...DRAFT, answers: undefined }],
  ['answers in a list', { ...DRAFT, answers: ['small'] }],
  ['an answer that is no text', { ...DRAFT, answers: { area: { size: 1 } } }],
])('%s is no draft', (_, value) => {
  expect(parseDraft(value)).toBeUndefined()
})

test('values of a form are texts; of anything else there are none', () => {
  expect(parseValues({ name: '样例面馆', note: '' })).toEqual({ name: '样例面馆', note: '' })
  for (const damaged of [undefined, null, 'name', ['样例面馆'], { name: 1 }, { name: null }]) {
    expect(parseValues(damaged)).toEqual({})
  }
})

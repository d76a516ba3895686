/** What is made from the form is not missing before it is made. */
import { setLanguage } from '@onetrip/ui'
import { afterEach, expect, test } from 'vitest'
import { materialWords } from './material-words.ts'

afterEach(() => setLanguage('zh-CN'))

test.each([
  [{ way: null, sources: ['generated'] }, '由表单生成', 'made from the form'],
  [{ way: 'generated', sources: ['generated'] }, '系统生成', 'made by the system'],
  [{ way: null, sources: ['upload', 'generated'] }, '未提交', 'missing'],
  [
    { way: 'deferred', sources: ['upload'], dueDay: '2026-12-04' },
    '容缺，2026年12月4日前补交',
    'follows by 4 December 2026',
  ],
] as const)('%o', (material, zh, en) => {
  expect(materialWords(material)).toBe(zh)
  setLanguage('en')
  expect(materialWords(material)).toBe(en)
})

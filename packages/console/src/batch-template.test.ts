/** Columns of batches. */
import { expect, test } from 'vitest'
import { batchHeadings, columnAtFault } from './batch-template.ts'

const type = {
  claims: [
    { name: 'name', display: { 'zh-CN': '名称', en: 'Name' } },
    { name: 'numberOf', display: { 'zh-CN': '流水号', en: 'Serial' } },
    { name: 'glyphs', display: { 'zh-CN': '字形', en: 'Glyphs' }, of: 'name' },
  ],
}

test('a heading that is taken gives way to the name of the claim, and pictures have none', () => {
  expect(batchHeadings(type, 'zh-CN').slice(4)).toEqual(['名称', 'claims.numberOf'])
  expect(batchHeadings(type, 'en').slice(4)).toEqual(['name', 'numberOf'])
})

test('a fault is at the column that its words name, or at none', () => {
  expect(columnAtFault('name is missing', type, 'zh-CN')).toBe('名称')
  expect(columnAtFault('at fault: validTo', type, 'zh-CN')).toBe('有效期截止日期')
  expect(columnAtFault('another number of cells', type, 'zh-CN')).toBeUndefined()
})

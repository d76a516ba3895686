import { describe, expect, test } from 'vitest'
import { MAX_PAGE_TEXT, readPageText } from './page-text.ts'

const NOT_COMPARED = { code: 'document/facts-not-compared' }

describe('the text of pages', () => {
  test('is all pages in one', async () => {
    expect(await readPageText(async () => ['a', 'b'])).toEqual({ value: 'a\nb' })
    expect(await readPageText(async () => [])).toEqual({ value: '' })
  })

  test('without a reader is not compared', async () => {
    expect(await readPageText(undefined)).toEqual(NOT_COMPARED)
  })

  test('of a reader that fails is not compared, however it fails', async () => {
    const rejects = () => Promise.reject(new Error('the thread ended'))
    expect(await readPageText(rejects)).toEqual(NOT_COMPARED)
  })

  test('of more characters than a licence could have is not compared', async () => {
    const most = 'x'.repeat(MAX_PAGE_TEXT)
    expect(await readPageText(async () => [most])).toEqual({ value: most })
    expect(await readPageText(async () => [most, 'x'])).toEqual(NOT_COMPARED)
  })
})

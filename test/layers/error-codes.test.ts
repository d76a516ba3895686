/** Every error code is met by a test or a vector, and thrown or given by some source; a code that is neither is not API. */
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ERROR_CODES } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const THIS = 'test/layers/error-codes.test.ts'
const TESTS = [
  '{packages/*,server,wallet,fixtures}/{src,testing}/**/*.test.{ts,tsx}',
  'test/**/*.{ts,json}',
  'fixtures/vectors/**/*.json',
]
const SOURCES = '{packages/*,server,wallet}/src/**/*.{ts,tsx}'
/** What says a word, a status or a severity about codes, but gives none. */
const TABLES =
  /(^|\/)(errors|problem-status|openid-errors|severity|verdict-words|error-words|words-[a-z]+|code-words(-[a-z]+)?)\.ts$/

function codesIn(files: readonly string[]): ReadonlySet<string> {
  const text = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n')
  return new Set(text.match(/(?<=['"`])[a-z0-9-]+\/[a-z0-9-]+(?=['"`])/g))
}

function filesOf(patterns: string | readonly string[]): readonly string[] {
  return globSync(patterns, { cwd: root }).filter((file) => !file.includes('node_modules'))
}

describe('every error code', () => {
  test('is named by a test or a vector', () => {
    const named = codesIn(filesOf(TESTS).filter((file) => file !== THIS))
    expect(named.size).toBeGreaterThan(ERROR_CODES.length / 2)
    expect(ERROR_CODES.filter((code) => !named.has(code))).toEqual([])
  })

  test('is given by a source that is no table', () => {
    const isSource = (file: string) => !/\.test\.tsx?$/.test(file) && !TABLES.test(file)
    const given = codesIn(filesOf(SOURCES).filter(isSource))
    expect(ERROR_CODES.filter((code) => !given.has(code))).toEqual([])
  })
})

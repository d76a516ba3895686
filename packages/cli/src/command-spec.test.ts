import { describe, expect, test } from 'vitest'
import { readArguments } from './command-spec.ts'
import { COMMANDS } from './commands.ts'
import { findCommand } from './find-command.ts'

const SPEC = {
  name: 'seal all',
  summary: 'for this test',
  operands: ['FROM', 'TO'],
  options: {
    key: { value: 'FILE', repeat: true, help: '' },
    at: { value: 'TIME', help: '' },
    json: { help: '' },
  },
  examples: ['seal all a b'],
} as const

describe('readArguments', () => {
  test('gives every option of the spec a value of its kind', () => {
    expect(readArguments(SPEC, ['a', 'b'])).toEqual({
      operands: ['a', 'b'],
      values: { key: [], at: undefined, json: false },
    })
    const args = ['--key', 'k1', 'a', '--key=k2', '--json', '--at', '1', '--at', '2', '--', '--b']
    expect(readArguments(SPEC, args)).toEqual({
      operands: ['a', '--b'],
      values: { key: ['k1', 'k2'], at: '2', json: true },
    })
  })

  test.for([
    [['a'], 'TO is missing'],
    [['a', 'b', 'c\u0007'], 'one argument too many: c\ufffd'],
    [['a', 'b', '--key'], '--key wants FILE'],
    [['a', 'b', '--key='], '--key wants FILE'],
    [['a', 'b', '-j'], 'unknown option -j'],
    [['a', 'b', '--constructor'], 'unknown option --constructor'],
  ] as const)('%j is refused', ([args, message]) => {
    expect(() => readArguments(SPEC, args)).toThrow(message)
  })
})

describe('the table of commands', () => {
  test('names are distinct and of at most three words; each has an example of itself', () => {
    const names = COMMANDS.map(({ spec }) => spec.name)
    expect(new Set(names).size).toBe(names.length)
    for (const { spec } of COMMANDS) {
      expect(spec.name).toMatch(/^[a-z-]+( [a-z-]+){0,2}$/)
      expect(spec.examples.length).toBeGreaterThan(0)
      for (const example of spec.examples) {
        expect(findCommand(example.split(' '))).toMatchObject({ entry: { spec } })
      }
    }
  })

  test('every example can be read', () => {
    for (const { spec } of COMMANDS) {
      for (const example of spec.examples) {
        const [line = ''] = example.split(' < ')
        const args = line.split(' ').slice(spec.name.split(' ').length)
        expect(() => readArguments(spec, args), example).not.toThrow()
      }
    }
  })
})

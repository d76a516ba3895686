import { describe, expect, test } from 'vitest'
import { hideName } from './scan-record.ts'
import { acceptedModes, parseSettings, secondsShown } from './settings.ts'

describe('hideName', () => {
  test.each([
    ['陈样例', '陈**'],
    ['阿卜杜热依木·麦麦提', '阿**'],
    ['𠮷田', '𠮷**'],
    ['', '**'],
  ])('%s becomes %s', (name, hidden) => {
    expect(hideName(name)).toBe(hidden)
  })
})

describe('settings', () => {
  const defaults = {
    acceptCopy: true,
    acceptPaper: true,
    returnSeconds: 30,
    continuous: false,
    continuousSeconds: 3,
    sound: true,
    vibration: true,
    wedgeGapMs: 50,
  }

  test.each([
    undefined,
    null,
    'text',
    [],
    {},
    {
      returnSeconds: 31,
      continuousSeconds: 0,
      sound: 'yes',
      vibration: 1,
      wedgeGapMs: 0,
      office: '',
    },
  ])('fall back to the defaults for %j', (kept) => {
    expect(parseSettings(kept)).toEqual(defaults)
  })

  test('keep what is of its type', () => {
    const kept = { ...defaults, office: '12339901XYN0000570', acceptPaper: false, returnSeconds: 0 }
    expect(parseSettings(kept)).toEqual(kept)
    expect(secondsShown(parseSettings(kept))).toBe(0)
    expect(secondsShown({ ...defaults, continuous: true })).toBe(3)
    expect(acceptedModes(parseSettings(kept))).toEqual(['requested', 'live', 'copy'])
  })
})

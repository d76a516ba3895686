import type { Catalogue } from '@onetrip/ui'
import { describe, expect, test } from 'vitest'
import { askMessages } from './ask/words-ask.ts'
import { enrolmentMessages } from './enrolment/words-enrolment.ts'
import { counterMessages } from './messages.ts'
import { helpMessages } from './words-help.ts'
import { intakeMessages } from './words-intake.ts'
import { kioskMessages } from './words-kiosk.ts'
import { recentMessages } from './words-recent.ts'
import { settingsMessages } from './words-settings.ts'

const CATALOGUES: Readonly<Record<string, Catalogue<string>>> = {
  ask: askMessages,
  counter: counterMessages,
  enrolment: enrolmentMessages,
  help: helpMessages,
  intake: intakeMessages,
  kiosk: kioskMessages,
  recent: recentMessages,
  settings: settingsMessages,
}

describe.each(Object.entries(CATALOGUES))('catalogue %s', (_, { en, 'zh-CN': zh }) => {
  test('speaks both languages, with the same places in each text', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
    for (const [key, text] of Object.entries(zh)) {
      const other = en[key] ?? ''
      expect(text.trim()).not.toBe('')
      expect({ key, places: placesOf(other) }).toEqual({ key, places: placesOf(text) })
    }
  })
})

function placesOf(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()
}

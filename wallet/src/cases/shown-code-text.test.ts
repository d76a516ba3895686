import { describe, expect, test } from 'vitest'
import { shownCodeIn, shownCodeText } from './shown-code-text.ts'

/** 0x00 … 0x1f in base64url. */
const CODE = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'
const TEXT = shownCodeText(CODE)

describe('the code that a phone shows a kiosk', () => {
  test('comes back as it was, in the alphabet of a typing scanner', () => {
    expect(TEXT).toMatch(/^OT1K:[0-9A-Z $%*+\-./:]{48}$/)
    expect(shownCodeIn(TEXT)).toBe(CODE)
  })

  test.each([
    ['a licence', TEXT.replace('OT1K:', 'OT1:')],
    ['cut off', TEXT.slice(0, -1)],
    ['too long', `${TEXT}0`],
    ['huge', `OT1K:${'0'.repeat(5_000_000)}`],
    ['a sign outside the alphabet', `${TEXT.slice(0, -1)}a`],
    ['a triple above 65,535', `OT1K:${':'.repeat(48)}`],
    ['the response code itself', CODE],
    ['an address with it', `https://wallet.example/#response_code=${CODE}`],
  ])('is not %s', (_, text) => {
    expect(shownCodeIn(text)).toBeUndefined()
  })
})

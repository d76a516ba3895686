import { afterEach, describe, expect, test } from 'vitest'
import { asked, handedCode, kioskReturn, takeForKiosk, takeShownCode } from './shown-code.ts'

const WALLET = 'https://wallet.example'
const CODE = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'
const HASH = `#response_code=${CODE}`

afterEach(() => {
  asked.value = undefined
  handedCode.value = undefined
})

describe('what comes back after something was shown', () => {
  test('goes to the case that this window asked for', () => {
    asked.value = { caseId: 'a' }
    expect(takeShownCode({ search: '', hash: HASH })).toEqual({ screen: 'case', id: 'a' })
    expect(asked.value).toEqual({ caseId: 'a', code: CODE })
  })

  test('is nobody’s in a window that asked for nothing', () => {
    expect(takeShownCode({ search: '', hash: HASH })).toBeUndefined()
    expect([asked.value, handedCode.value]).toEqual([undefined, undefined])
  })

  test('is shown to a kiosk by the phone that answered it, and is no case’s of the phone', () => {
    asked.value = { caseId: 'a' }
    const address = `${kioskReturn(WALLET)}${HASH}`
    expect(takeForKiosk(address)).toEqual({ screen: 'kiosk-code' })
    expect(handedCode.value).toBe(CODE)
    expect(asked.value).toEqual({ caseId: 'a' })
    expect(takeShownCode(new URL(address))).toEqual({ screen: 'kiosk-code' })
  })

  test.each([
    `${WALLET}/${HASH}`,
    `${kioskReturn(WALLET)}#response_code=short`,
    kioskReturn(WALLET),
  ])('%s is nothing for a kiosk', (address) => {
    expect(takeForKiosk(address)).toBeUndefined()
    expect(handedCode.value).toBeUndefined()
  })
})

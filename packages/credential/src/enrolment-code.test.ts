import { signerFromPrivateJwk } from '@onetrip/codec'
import { testKeys } from '@onetrip/fixtures'
import { expect, test } from 'vitest'
import { enrolmentCode } from './enrolment-code.ts'

const INPUT = {
  key: signerFromPrivateJwk({ ...testKeys.policeIssueCbor }).publicKey,
  office: '12339901XYN0000570',
  deviceName: '一号窗口',
  nonce: 'n'.repeat(43),
}

test('is 8 characters that cannot be mistaken, the same for the same request', () => {
  expect(enrolmentCode(INPUT)).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/)
  expect(enrolmentCode({ ...INPUT })).toBe(enrolmentCode(INPUT))
})

test.each([
  ['key', { key: signerFromPrivateJwk({ ...testKeys.strangerCbor }).publicKey }],
  ['office', { office: '11339901XYN000022G' }],
  ['name', { deviceName: '二号窗口' }],
  ['nonce', { nonce: 'm'.repeat(43) }],
])('another %s gives another code', (_, changes) => {
  expect(enrolmentCode({ ...INPUT, ...changes })).not.toBe(enrolmentCode(INPUT))
})

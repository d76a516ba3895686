import { parseJson } from '@onetrip/codec'
import { parseTypeDefinition } from '@onetrip/credential'
import { businessLicenceOfSample, licenceTypes } from '@onetrip/fixtures'
import { expect, test } from 'vitest'
import { issueDay } from './issue-day.ts'

const type = licenceTypes
  .map((json) => parseTypeDefinition(parseJson(JSON.stringify(json))))
  .find(({ typeCode }) => typeCode === businessLicenceOfSample.typeCode)
const { facts } = businessLicenceOfSample

test('is the first day of a licence whose type has no claim for it', () => {
  if (type === undefined) throw new TypeError('the sample has a type')
  expect(issueDay(type, facts)).toBe(facts.validFrom)
})

test('is the claim of the standard’s element, where it is stated', () => {
  if (type === undefined) throw new TypeError('the sample has a type')
  const claims = type.claims.map((claim) =>
    claim.name === 'establishedOn' ? { ...claim, element: 'ZZBFRQ' } : claim,
  )
  const stated = { ...facts, claims: { ...facts.claims, establishedOn: '2025-08-31' } }
  expect(issueDay({ ...type, claims }, stated)).toBe('2025-08-31')
  const { establishedOn: _left, ...others } = facts.claims
  expect(issueDay({ ...type, claims }, { ...facts, claims: others })).toBe(facts.validFrom)
})

/** Addresses and rights of places. */
import { describe, expect, test } from 'vitest'
import { openPlaces, PLACES, parseAddress, placeAddress } from './places.ts'

describe('places', () => {
  test('an address leads back to its place and subject', () => {
    for (const name of PLACES) {
      expect(parseAddress(placeAddress(name))).toEqual({ name })
      expect(parseAddress(placeAddress(name, 'a/b 证'))).toEqual({ name, subject: 'a/b 证' })
    }
  })

  test('what names no place names none, whatever it holds', () => {
    for (const hash of ['', '#', '#/', '#/nowhere', '#/nowhere/x', '#sign_in_refused=x']) {
      expect(parseAddress(hash)).toEqual({ name: undefined })
    }
    expect(parseAddress('#/log/%E0%A4%A')).toEqual({ name: 'log', subject: '%E0%A4%A' })
  })

  test('open by right, and by nothing else', () => {
    expect(openPlaces([])).toEqual([])
    expect(openPlaces(['enrol', 'read-staff', 'manage-staff'])).toEqual(['staff'])
    expect(openPlaces(['read-log', 'read', 'read-cases', 'read-staff'])).toEqual([
      'cases',
      'register',
      'feedback',
      'board',
      'staff',
      'log',
    ])
  })
})

import { expect, test } from 'vitest'
import { hrefOf, parseAddress, parseRoute, type Route } from './routes.ts'

const ROUTES: readonly Route[] = [
  { screen: 'home' },
  { screen: 'add' },
  { screen: 'agency' },
  { screen: 'offer' },
  { screen: 'request' },
  { screen: 'receipt' },
  { screen: 'history' },
  { screen: 'settings' },
  { screen: 'lock' },
  { screen: 'quick' },
  { screen: 'help' },
  { screen: 'install' },
  { screen: 'backup' },
  { screen: 'restore' },
  { screen: 'lost-phone' },
  { screen: 'document' },
  { screen: 'cases' },
  { screen: 'kiosk-code' },
  { screen: 'apply', id: 'open-restaurant' },
  { screen: 'case', id: 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6' },
  { screen: 'details', id: 'abc' },
  { screen: 'show', id: 'abc' },
  { screen: 'copy', id: 'abc' },
  { screen: 'sheet', id: 'abc', copyId: 'def-1' },
]

test.each(ROUTES)('a link to $screen leads there', (route) => {
  expect(parseRoute(hrefOf(route))).toEqual(route)
})

test.each(['', '#', '#/', '#/nowhere', '#/show', '#/show/a b', '#/sheet/a', '#/show/<x>'])(
  '%s is home',
  (hash) => {
    expect(parseRoute(hash)).toEqual({ screen: 'home' })
  },
)

test('help has an address that can be told to somebody', () => {
  expect(parseAddress({ pathname: '/help', hash: '' })).toEqual({ screen: 'help' })
  expect(parseAddress({ pathname: '/help', hash: '#/add' })).toEqual({ screen: 'add' })
  expect(parseAddress({ pathname: '/', hash: '' })).toEqual({ screen: 'home' })
})

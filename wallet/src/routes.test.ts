import { expect, test } from 'vitest'
import { hrefOf, parseRoute, type Route } from './routes.ts'

const ROUTES: readonly Route[] = [
  { screen: 'home' },
  { screen: 'add' },
  { screen: 'offer' },
  { screen: 'history' },
  { screen: 'settings' },
  { screen: 'lock' },
  { screen: 'quick' },
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

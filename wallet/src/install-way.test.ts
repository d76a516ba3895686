import { expect, test } from 'vitest'
import { type InstallFacts, type InstallWay, installWay } from './install-way.ts'

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'
const MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15'
const ANDROID =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36'
const DESKTOP =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const PLAIN = { maxTouchPoints: 0, isStandalone: false, hasPrompt: false }

test.each<[string, InstallFacts, InstallWay]>([
  ['iPhone', { ...PLAIN, userAgent: IPHONE, maxTouchPoints: 5 }, 'ios'],
  ['iPad, which says Macintosh', { ...PLAIN, userAgent: MAC, maxTouchPoints: 5 }, 'ios'],
  ['Macintosh', { ...PLAIN, userAgent: MAC }, 'desktop'],
  ['Home Screen', { ...PLAIN, userAgent: IPHONE, isStandalone: true }, 'installed'],
  ['WeChat', { ...PLAIN, userAgent: `${IPHONE} MicroMessenger/8.0.50` }, 'in-app'],
  ['Android with its question', { ...PLAIN, userAgent: ANDROID, hasPrompt: true }, 'prompt'],
  ['Android without', { ...PLAIN, userAgent: ANDROID }, 'android'],
  ['a desk', { ...PLAIN, userAgent: DESKTOP }, 'desktop'],
])('%s', (_, facts, way) => {
  expect(installWay(facts)).toBe(way)
})

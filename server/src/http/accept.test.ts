import { expect, test } from 'vitest'
import { preferredMediaType } from './accept.ts'

const CWT = 'application/statuslist+cwt'
const JWT = 'application/statuslist+jwt'

const CASES: readonly (readonly [string | undefined, string])[] = [
  [undefined, CWT],
  ['', CWT],
  ['*/*', CWT],
  ['application/*', CWT],
  ['text/html', CWT],
  [CWT, CWT],
  [JWT, JWT],
  ['Application/StatusList+JWT', JWT],
  [`${JWT}, ${CWT}`, CWT],
  [`${CWT};q=0.5, ${JWT}`, JWT],
  [`${CWT};q=0.5, ${JWT};q=0.4`, CWT],
  [`${JWT};q=0.9,${CWT};q=0.8`, JWT],
  [`${CWT};q=0, */*`, JWT],
  [`${JWT};q=0, */*`, CWT],
  [`*/*;q=0.1, ${JWT}`, JWT],
  [`${JWT};q=0.2, application/*;q=0.7`, CWT],
  [`${JWT}; charset=utf-8 ; Q=1.000, ${CWT};q=0.999`, JWT],
  [`${JWT};q=nonsense, ${CWT};q=0.9`, JWT],
  [`${JWT}-x, ${CWT}`, CWT],
  [`text/x-application/statuslist+jwt`, CWT],
]

test.for(CASES)('Accept: %s', ([accept, preferred]) => {
  expect(preferredMediaType(accept, [CWT, JWT])).toBe(preferred)
})

/** What the facts of every act of a world say, for tests that look at all of them. */
import { fromBase64url } from '@onetrip/codec'
import { readOpening } from '@onetrip/log'
import { isFactName } from '../src/record/fact-names.ts'
import type { World } from './test-world.ts'

/** The text of all facts, and the names among them that the closed set does not have. */
export async function factsIn({ services }: World): Promise<{
  readonly said: string
  readonly unknown: readonly string[]
}> {
  const rows = await services.storage.selectFrom('log_fact').select('opening').execute()
  const openings = rows.map(({ opening }) => fromBase64url(opening))
  const names = new Set(openings.flatMap((opening) => [...readOpening(opening).keys()]))
  return {
    said: openings.map((opening) => Buffer.from(opening).toString()).join(),
    unknown: [...names].filter((name) => !isFactName(name)),
  }
}

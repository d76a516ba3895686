/** A running server publishes now and then without being asked, so that a quiet week is not taken for a clock that ran ahead. */
import { Fault } from '@onetrip/codec'
import { repeatEachSecond } from '../repeat-each-second.ts'
import type { Services } from '../services.ts'
import { publishRepository } from './publish-repository.ts'

const AGAIN_SECONDS = 3600

/** Publishes each hour from the first on; what cannot be published stands in the log and in `/readyz`. */
export function keepPublished(services: Services): { readonly close: () => Promise<void> } {
  let lastAt = services.now()
  const close = repeatEachSecond(async () => {
    const now = services.now()
    // Also where the clock was set back.
    if (now >= lastAt && now - lastAt < AGAIN_SECONDS) return
    lastAt = now
    try {
      await publishRepository(services)
    } catch (error) {
      const code = error instanceof Fault ? error.code : 'unexpected'
      services.log('trust/not-published', { code })
    }
  })
  return { close }
}

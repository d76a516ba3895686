/** For tests: services whose statements are counted, for what has to cost the same whatever the database holds. */
import type { KyselyPlugin } from 'kysely'
import type { Services } from '../src/services.ts'

/** Services that count, and the count so far. */
export interface CountedServices {
  readonly services: Services
  readonly count: () => number
}

/** Counts the statements of what works with the answer. */
export function countedServices(services: Services): CountedServices {
  let count = 0
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      count += 1
      return node
    },
    transformResult: async ({ result }) => result,
  }
  const storage = services.storage.withPlugin(plugin)
  return { services: { ...services, storage }, count: () => count }
}

/** What a running server does for the record without being asked: it integrates, and has witnesses cosign. */
import { Fault } from '@onetrip/codec'
import { repeatEachSecond } from '../repeat-each-second.ts'
import type { Services } from '../services.ts'
import { createGatherer } from './gather-cosignatures.ts'
import { integrate } from './integrate.ts'

/** The running work. */
export interface RecordKeeper {
  /** Ends it; resolves when nothing of it runs any more. */
  readonly close: () => Promise<void>
}

/** Entries are under a checkpoint within two seconds, whether or not anybody asks for it; witnesses are asked beside. */
export function keepRecord(services: Services): RecordKeeper {
  const over = new AbortController()
  const gatherer = createGatherer(services, over.signal)
  const integrating = repeatEachSecond(async () => {
    try {
      await integrate(services)
      services.publicationFaults.clear('record')
    } catch (error) {
      if (over.signal.aborted) return
      const code = error instanceof Fault ? error.code : undefined
      services.log('record/not-integrated', { code: code ?? 'unexpected' })
      // Whoever shares out requests sends none to a server whose acts are not recorded.
      if (code !== undefined)
        services.publicationFaults.add({ list: 'record', code }, services.now())
    }
  })
  const gathering = repeatEachSecond(gatherer.gather)
  return {
    close: async () => {
      over.abort()
      await Promise.all([integrating(), gathering()])
    },
  }
}

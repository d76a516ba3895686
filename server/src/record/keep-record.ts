/** What a running server does for the record without being asked: it integrates, and has witnesses cosign. */
import { Fault } from '@onetrip/codec'
import type { Services } from '../services.ts'
import { createGatherer } from './gather-cosignatures.ts'
import { integrate } from './integrate.ts'

const MILLISECONDS = 1000

/** The running work. */
export interface RecordKeeper {
  /** Ends it; resolves when nothing of it runs any more. */
  readonly close: () => Promise<void>
}

/** Entries are under a checkpoint within two seconds, whether or not anybody asks for it; witnesses are asked beside. */
export function keepRecord(services: Services): RecordKeeper {
  const over = new AbortController()
  const gatherer = createGatherer(services, over.signal)
  const integrating = repeat(async () => {
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
  const gathering = repeat(gatherer.gather)
  return {
    close: async () => {
      over.abort()
      await Promise.all([integrating(), gathering()])
    },
  }
}

/** Does `work` each second, once at a time; what it returns ends that, and waits for what runs. */
function repeat(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= work().finally(() => {
      running = undefined
    })
  }, MILLISECONDS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}

/** What this process could not publish, and why: the last good one is served meanwhile. */
import type { ErrorCode } from '@onetrip/codec'

/** How long a list that failed is left alone; far below the minute in which a change has to be visible. */
const RETRY_AFTER_SECONDS = 10

/** A list by its number, the trust repository that names them all, or the record's checkpoints. */
export type PublishedThing = number | 'repository' | 'record'

/** One list, or the repository, that was not published. */
export interface PublicationFault {
  readonly list: PublishedThing
  readonly code: ErrorCode
}

/** What failed last, by list. */
export interface PublicationFaults {
  readonly all: () => readonly PublicationFault[]
  /** What failed with this list a moment ago; `undefined` where it is time to try. */
  readonly recent: (list: PublishedThing, now: number) => ErrorCode | undefined
  readonly add: (fault: PublicationFault, now: number) => void
  readonly clear: (list: PublishedThing) => void
}

/** Makes an empty record. */
export function publicationFaults(): PublicationFaults {
  const kept = new Map<PublishedThing, PublicationFault & { readonly at: number }>()
  return {
    all: () => [...kept.values()].map(({ list, code }) => ({ list, code })),
    recent: (list, now) => {
      const fault = kept.get(list)
      // A clock that was set back leaves nothing alone until it is there again.
      const isRecent =
        fault !== undefined && now >= fault.at && now - fault.at < RETRY_AFTER_SECONDS
      return isRecent ? fault.code : undefined
    },
    add: (fault, now) => kept.set(fault.list, { ...fault, at: now }),
    clear: (list) => kept.delete(list),
  }
}

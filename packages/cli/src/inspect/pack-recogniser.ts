/** Tells what an offline pack holds, member by member. */
import type { Recogniser } from './recogniser.ts'

/** The row for packs. */
export const PACK_RECOGNISER: Recogniser = {
  kind: 'pack',
  name: 'an offline pack: a trust repository in one file',
  find: (opened) => {
    if (opened.form !== 'pack') return undefined
    const { base, members } = opened.index
    const listed = [...members.values()].map(({ path, rawBytes, storedBytes }) => ({
      path,
      rawBytes,
      storedBytes,
    }))
    return {
      parts: {
        ...(base === undefined ? {} : { buildsOnSnapshot: base }),
        members: listed,
        rawBytes: listed.reduce((sum, { rawBytes }) => sum + rawBytes, 0),
      },
    }
  },
}

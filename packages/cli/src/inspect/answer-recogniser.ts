/** Answers of several presentations: a CBOR array that names the material of each. */
import { type CborValue, isArray, isBytes } from '@onetrip/codec'
import { parseAnswer, parsePresentation } from '@onetrip/credential'
import { partTree } from './cose-recognisers.ts'
import type { Recogniser } from './recogniser.ts'

/** The row for answers; one of a single presentation is that presentation. */
export const ANSWER_RECOGNISER: Recogniser = {
  kind: 'answer',
  name: 'an answer to a request: presentations by the material that each serves as',
  find: (opened) => {
    if (opened.form !== 'cbor' || !isArray(opened.value)) return undefined
    const [format, ...parts] = opened.value
    if (typeof format !== 'number' || parts.length === 0 || !parts.every(isPart)) return undefined
    return {
      parts: { format, presentations: parts.map(partTree) },
      check: () => {
        for (const { presentation } of parseAnswer(opened.bytes)) parsePresentation(presentation)
      },
    }
  },
}

function isPart(entry: CborValue): boolean {
  return isArray(entry) && typeof entry[0] === 'string' && isBytes(entry[1] ?? null)
}

/** Answers of several presentations: a CBOR array that names the material of each. */
import { type CborValue, decodeSign1, isArray, isBytes, type JsonValue } from '@onetrip/codec'
import { parseAnswer, parsePresentation } from '@onetrip/credential'
import { signedTree } from './cose-recognisers.ts'
import type { Recogniser } from './recogniser.ts'
import { itemTree, orFault } from './tree.ts'

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

function partTree(entry: CborValue): JsonValue {
  const [material = null, presentation = null] = isArray(entry) ? entry : []
  if (!isBytes(presentation)) return itemTree(entry)
  return {
    material: itemTree(material),
    presentationBytes: presentation.length,
    presentation: orFault(() => signedTree(decodeSign1(presentation, { tags: [18] }), ['kcwt'])),
  }
}

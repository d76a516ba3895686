/** What a package is of, without judging it: for whoever asks whether a file is the package that they would write. */
import { fault } from '@onetrip/codec'
import { decodeBag } from './bag.ts'
import { type ArchiveContents, CONTENTS, parseContents } from './contents.ts'

/** Reads it from a package that is whole; who packed it is not asked. Throws as `decodeBag`, and `archive/format`. */
export function readSubject(bytes: Uint8Array): ArchiveContents['subject'] {
  const contents = decodeBag(bytes).get(CONTENTS)
  if (contents === undefined) throw fault('archive/format')
  return parseContents(contents).subject
}

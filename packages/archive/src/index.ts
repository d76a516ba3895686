/** Archive packages (电子归档): bags (RFC 8493) in ZIP files that are verified without the server, and without a network. */
export type { BagFiles } from './bag.ts'
export {
  digestOfPayload,
  encodePackage,
  filesOfEntries,
  type PackedEntry,
} from './build-package.ts'
export {
  type ArchiveContents,
  type ArchiveItem,
  CONTENTS,
  type CredentialItem,
  encodeContents,
  type SealedItem,
  TRUST_PACK,
  TRUST_ROOT,
} from './contents.ts'
export { type ArchivePlace, PACKAGE_ACTS } from './prove-entries.ts'
export { readSubject } from './read-subject.ts'
export {
  type ArchiveOptions,
  type ArchiveVerdict,
  type ItemVerdict,
  verifyArchive,
} from './verify-archive.ts'
export { decodeZip, encodeZip, isZip, MAX_ZIP_BYTES, type ZipPart } from './zip.ts'

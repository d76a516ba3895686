/** Packing: what is kept first, whose list the log commits to; then the bag with what proves it. Pure: signing and the log are the caller's. */
import { sha256Base64url, utf8Decode } from '@onetrip/codec'
import { type BagFiles, encodeBag, manifestOf } from './bag.ts'
import { entryFiles } from './contents.ts'

/** An entry of the log as a package keeps it. */
export interface PackedEntry {
  readonly index: number
  readonly entry: Uint8Array
  /** Of an act: what opens its commitment. */
  readonly opening?: Uint8Array | undefined
}

/** What stands for all that is kept, in the facts of the act of packing: SHA-256 of the list of files, base64url. */
export function digestOfPayload(payload: BagFiles): string {
  return sha256Base64url(utf8Decode(manifestOf(payload)))
}

/** Files of entries that belong to what is kept. */
export function filesOfEntries(entries: readonly PackedEntry[]): BagFiles {
  const files = new Map<string, Uint8Array>()
  for (const { index, entry, opening } of entries) {
    const names = entryFiles(index)
    files.set(names.entry, entry)
    if (opening !== undefined) files.set(names.opening, opening)
  }
  return files
}

/** Writes the package. */
export function encodePackage(of: {
  /** Name of its folder. */
  readonly name: string
  readonly payload: BagFiles
  /** The entry that was made of the package itself. */
  readonly own: Omit<PackedEntry, 'index'>
  /** A proof (C2SP tlog-proof) for each entry in `payload` by its index, and of the package's own. */
  readonly proofs: ReadonlyMap<number | 'package', Uint8Array>
  readonly info: readonly { readonly label: string; readonly value: string }[]
}): Uint8Array {
  const { name, payload, own, proofs, info } = of
  const names = entryFiles('package')
  const tags = new Map<string, Uint8Array>([[names.entry, own.entry]])
  if (own.opening !== undefined) tags.set(names.opening, own.opening)
  for (const [index, proof] of proofs) tags.set(entryFiles(index).proof, proof)
  return encodeBag({ name, payload, tags, info })
}

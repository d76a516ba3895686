/**
 * From what is kept to a package: the log takes an entry that commits to it, and then everything is proven by one checkpoint, for which the
 * witnesses are asked at once. One that does not answer in time is not there, and whoever verifies is told so.
 */
import {
  type ArchiveContents,
  type BagFiles,
  CONTENTS,
  digestOfPayload,
  encodeContents,
  encodePackage,
  filesOfEntries,
  PACKAGE_ACTS,
  type PackedEntry,
} from '@onetrip/archive'
import { toBase64url } from '@onetrip/codec'
import { formatProofFile, leafHash } from '@onetrip/log'
import { dayAt } from '../cases/working-days.ts'
import { recordAct } from '../record/append.ts'
import { cosignedNote } from '../record/cosigned-note.ts'
import { createGatherer } from '../record/gather-cosignatures.ts'
import { integrate } from '../record/integrate.ts'
import { proveEntry } from '../record/prove-entry.ts'
import type { Actor } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import { readEntries } from './entries-about.ts'

const WITNESS_MILLISECONDS = 5_000
const SOFTWARE = 'OneTrip 0.1'

/** What is packed. */
export interface PackOrder {
  readonly actor: Actor
  readonly contents: Omit<ArchiveContents, 'at' | 'entries'>
  /** What is kept, without contents and entries. */
  readonly files: BagFiles
  readonly entries: readonly PackedEntry[]
  /** What the package is called, and its folder. */
  readonly name: string
}

/** Packs it, and records that it was given out and to whom. */
export async function packFiles(services: Services, order: PackOrder): Promise<Uint8Array> {
  const { actor, contents, entries, name } = order
  const { subject, agency } = contents
  const at = services.now()
  const indices = entries.map(({ index }) => index)
  const payload = new Map<string, Uint8Array>([
    [CONTENTS, encodeContents({ ...contents, at, entries: indices })],
    ...order.files,
    ...filesOfEntries(entries),
  ])
  const index = await transact(services.storage, (transaction) =>
    recordAct(services, transaction, {
      act: PACKAGE_ACTS[subject.kind],
      agency,
      actor: actor.actorId,
      facts: { [subject.kind]: subject.id, files: digestOfPayload(payload) },
    }),
  )
  const [own] = await readEntries(services.storage, [index])
  if (own === undefined) throw new TypeError('archive: the entry is not there')
  const proofs = await proofsOf(services, [...entries, own], own)
  const info = [
    { label: 'Source-Organization', value: agency },
    { label: 'External-Identifier', value: name },
    { label: 'Internal-Sender-Identifier', value: subject.id },
    { label: 'Bagging-Date', value: dayAt(at) },
    { label: 'Bag-Software-Agent', value: SOFTWARE },
  ]
  return encodePackage({ name, payload, own, proofs, info })
}

/** A proof of each by one checkpoint, with the cosignatures that are there by then. */
async function proofsOf(
  services: Services,
  entries: readonly PackedEntry[],
  own: PackedEntry,
): Promise<ReadonlyMap<number | 'package', Uint8Array>> {
  const { size } = await integrate(services)
  await createGatherer(services, AbortSignal.timeout(WITNESS_MILLISECONDS)).gather()
  const proofs = new Map<number | 'package', Uint8Array>()
  for (const one of entries) {
    const leaf = toBase64url(leafHash(one.entry))
    const { proof, checkpoint } = await proveEntry(services, { leaf, size })
    const file = formatProofFile({ ...proof, checkpoint: await cosignedNote(services, checkpoint) })
    proofs.set(one === own ? 'package' : one.index, file)
  }
  return proofs
}

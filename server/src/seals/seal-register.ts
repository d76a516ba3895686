/**
 * The register of a status list of a seal maker (印章备案): the seals with an entry in it under which agencies issue licences,
 * as the record of their lives has them. Signed with the list, and published beside it.
 */
import {
  fault,
  fromBase64url,
  type Signer,
  sigStructure,
  toBase64url,
  verifySign1,
} from '@onetrip/codec'
import {
  assembleCose,
  buildSealRegister,
  parseSealRegister,
  type RegisteredSeal,
} from '@onetrip/seal'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import type { StatusListTable } from '../storage/schema.ts'
import type { SealEventTable } from '../storage/seal-schema.ts'

/** Steps after which a seal is in use. */
const INTO_USE: readonly SealEventTable['act'][] = ['register', 'resume']
/** Steps after which it is suspended. */
const SUSPENDED: readonly SealEventTable['act'][] = ['suspend', 'ask-resume']

/**
 * Signs what the database says of the seals in a list, and reads it back as a verifier does; undefined where none of them is
 * for licences. Throws status/sentinel when the signed bytes do not read as they should.
 */
export async function signRegister(
  services: Services,
  options: {
    readonly list: Pick<StatusListTable, 'id' | 'seal_maker_id' | 'uri'>
    /** Unix seconds. */
    readonly issuedAt: number
    /** The maker's key for status lists in COSE. */
    readonly signer: Signer
  },
): Promise<Uint8Array | undefined> {
  const { list, issuedAt, signer } = options
  if (list.seal_maker_id === null) return undefined
  const seals = await registeredSeals(services.storage, list.id)
  if (seals.length === 0) return undefined
  const facts = { maker: list.seal_maker_id, statusUri: list.uri, issuedAt, seals }
  const { kid, algorithm } = signer.publicKey
  const draft = buildSealRegister({ facts, kid, algorithm })
  const register = assembleCose(draft, await signer.sign(sigStructure(draft)))
  const read = parseSealRegister(register)
  await verifySign1(read.sign1, signer.publicKey)
  if (textOf(read.facts.seals) !== textOf(seals)) throw fault('status/sentinel')
  return register
}

/** Seals for licences that have an entry in a list and were ever registered, each as it is since it was in use last. */
async function registeredSeals(
  reader: StorageReader,
  listId: number,
): Promise<readonly RegisteredSeal[]> {
  const seals = await reader
    .selectFrom('seal')
    .select(['id', 'cose'])
    .where('list_id', '=', listId)
    // Written out, not bound: SQLite takes a partial index only for a condition it can read.
    .where((column) => column('licences', '=', column.lit(1)))
    .orderBy('id')
    .execute()
  const steps = await reader
    .selectFrom('seal_event')
    .innerJoin('seal', 'seal.id', 'seal_event.seal_id')
    .select(['seal_id', 'act', 'at'])
    .where('list_id', '=', listId)
    .where((column) => column('licences', '=', column.lit(1)))
    .orderBy('sequence')
    .execute()
  const stepsOf = Map.groupBy(steps, ({ seal_id: id }) => id)
  return seals.flatMap(({ id, cose }): readonly RegisteredSeal[] => {
    const life = stepsOf.get(id) ?? []
    const lastUse = life.findLastIndex(({ act }) => INTO_USE.includes(act))
    if (lastUse === -1 || cose === null) return []
    const seal = fromBase64url(cose)
    // What was suspended and then ended was not in use in between.
    const since = life[lastUse + 1]?.at
    if (since === undefined) return [{ seal, state: 'in-use' }]
    const isSuspended = life.slice(lastUse + 1).every(({ act }) => SUSPENDED.includes(act))
    return [{ seal, state: isSuspended ? 'suspended' : 'ended', since }]
  })
}

/** The same for the same seals in whatever order. */
function textOf(seals: readonly RegisteredSeal[]): string {
  return seals
    .map((one) => `${toBase64url(one.seal)} ${one.state} ${'since' in one ? one.since : ''}`)
    .sort()
    .join('\n')
}

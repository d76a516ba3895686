/** The status roles: each signs for its share of the lists, and is written anew only when one of them changed. */
import { encodeJson, Fault, utf8Encode } from '@onetrip/codec'
import {
  describeTarget,
  draftTargets,
  registerTarget,
  STATUS_ROLES,
  signTuf,
  statusRoleOf,
  statusTarget,
  TARGET,
  type TufTarget,
} from '@onetrip/trust'
import type { Services } from '../services.ts'
import { publishedForms } from '../status-lists/publish-status-list.ts'
import { STATUS_LIST_FORMS } from '../status-lists/status-body.ts'
import { addTarget, type MetadataHead, metadataRow } from './repository-rows.ts'
import { nextHead, type RoleChange, timesOf } from './role-change.ts'
import { decodeListed, encodeListed, type TargetBytes, targetsOfList } from './status-targets.ts'
import { onlineSigner } from './trust-keys.ts'

const DAY_SECONDS = 86_400
const ROLE_LIFE_SECONDS = 7 * DAY_SECONDS
/** An unchanged list is dated anew this often: verdicts tell its time, and every verifier fetches it again. */
const LIST_AGAIN_SECONDS = 3600
/** Lists that are dated anew in one publication, so that whoever asks does not wait for all of them. */
const MAX_DATED_ANEW = 32
/** This role also names the lists of all. */
const NAMING_ROLE = 'status-1'

/** The roles by name. */
export const STATUS_ROLE_NAMES: readonly string[] = Array.from(
  { length: STATUS_ROLES },
  (_, at) => `status-${at + 1}`,
)

/** What a publication has to sign of the status lists. */
export interface StatusChanges {
  readonly changes: readonly RoleChange[]
  /** Whether every list is named as it should be; the rest is for the next publication. */
  readonly isComplete: boolean
}

interface NewList {
  readonly id: number
  readonly revision: number
  /** Whether a path of it has not been named before. */
  readonly hasNewName: boolean
  readonly targets: readonly TargetBytes[]
}

/** The roles whose lists changed or whose half life is over, signed; nothing of it is kept yet. */
export async function changedStatusRoles(
  services: Services,
  heads: ReadonlyMap<string, MetadataHead>,
): Promise<StatusChanges> {
  const { lists, isComplete } = await newLists(services)
  const now = services.now()
  const roles = new Set(lists.map(({ id }) => statusRoleOf(id)))
  for (const role of STATUS_ROLE_NAMES) {
    const head = heads.get(role)
    const isOver = head !== undefined && head.expires_at - now < ROLE_LIFE_SECONDS / 2
    if (isOver || (head === undefined && role === NAMING_ROLE)) roles.add(role)
  }
  if (lists.some(({ hasNewName }) => hasNewName)) roles.add(NAMING_ROLE)
  const changes = await Promise.all(
    [...roles].map((role) => signRole(services, { role, lists, heads })),
  )
  return { changes, isComplete }
}

interface DueList {
  readonly id: number
  readonly revision: number
  readonly named: number | null
  readonly targets: string | null
}

/** Lists whose content or date moved on since they were named last; each is signed by its agency. */
async function newLists(
  services: Services,
): Promise<{ readonly lists: readonly NewList[]; readonly isComplete: boolean }> {
  const due = await dueLists(services)
  const changed = due.filter(({ named, revision }) => named === null || named < revision)
  const others = due.filter(({ named, revision }) => named !== null && named >= revision)
  const lists: NewList[] = []
  let isComplete = others.length <= MAX_DATED_ANEW
  for (const list of [...changed, ...others.slice(0, MAX_DATED_ANEW)]) {
    const next = await newList(services, list)
    if (next !== undefined) lists.push(next)
    if (next === undefined || next.revision < list.revision) isComplete = false
  }
  return { lists, isComplete }
}

async function dueLists({ storage, now }: Services): Promise<readonly DueList[]> {
  return storage
    .selectFrom('status_list')
    .leftJoin('tuf_status', 'tuf_status.list_id', 'status_list.id')
    .select([
      'status_list.id',
      'status_list.revision',
      'tuf_status.revision as named',
      'tuf_status.targets',
    ])
    .where((is) =>
      is.or([
        is('tuf_status.list_id', 'is', null),
        is('tuf_status.revision', '<', is.ref('status_list.revision')),
        is('tuf_status.named_at', '<=', now() - LIST_AGAIN_SECONDS),
      ]),
    )
    .orderBy('tuf_status.named_at')
    .orderBy('status_list.id')
    .execute()
}

/** A list as it is published; undefined where that is not newer, because it cannot be signed: the others go on. */
async function newList(services: Services, list: DueList): Promise<NewList | undefined> {
  const { id } = list
  try {
    const forms = await publishedForms(services, id)
    const targets = targetsOfList(id, forms)
    if (encodeListed(targets) === list.targets) return undefined
    const before = list.targets === null ? [] : decodeListed(list.targets)
    const known = new Set(before.map(({ path }) => path))
    const hasNewName = targets.some(({ path }) => !known.has(path))
    return { id, revision: forms.revision, hasNewName, targets }
  } catch (error) {
    // There is no good one of it yet; the log and /readyz say why.
    if (error instanceof Fault) return undefined
    throw error
  }
}

async function signRole(
  services: Services,
  options: {
    readonly role: string
    readonly lists: readonly NewList[]
    readonly heads: ReadonlyMap<string, MetadataHead>
  },
): Promise<RoleChange> {
  const { role, lists, heads } = options
  const own = lists.filter(({ id }) => statusRoleOf(id) === role)
  const names = role === NAMING_ROLE ? [await namesTarget(services, lists)] : []
  const targets = new Map<string, TufTarget>([
    ...(await keptTargets(services, role)),
    ...[...own.flatMap((list) => list.targets), ...names].map(asTarget),
  ])
  const life = ROLE_LIFE_SECONDS
  const head = nextHead({ role, before: heads.get(role), madeOf: '', now: services.now(), life })
  const draft = draftTargets({ ...timesOf(head), targets })
  const bytes = await signTuf(draft, [await onlineSigner(services, 'status')])
  const addedAt = head.signed_at
  return {
    row: metadataRow(head, bytes),
    save: async (transaction) => {
      for (const target of [...names, ...own.flatMap((list) => list.targets)]) {
        await addTarget(transaction, { path: target.path, bytes: target.bytes, addedAt })
      }
      for (const { id, revision, targets: listed } of own) {
        const row = { role, revision, named_at: addedAt, targets: encodeListed(listed) }
        await transaction
          .insertInto('tuf_status')
          .values({ list_id: id, ...row })
          .onConflict((conflict) => conflict.column('list_id').doUpdateSet(row))
          .execute()
      }
    },
  }
}

/** What the role named so far. */
async function keptTargets(services: Services, role: string): Promise<[string, TufTarget][]> {
  const rows = await services.storage
    .selectFrom('tuf_status')
    .select('targets')
    .where('role', '=', role)
    .orderBy('list_id')
    .execute()
  return rows.flatMap(({ targets }) => decodeListed(targets).map(asTarget))
}

function asTarget({ path, length, sha256 }: TufTarget & { path: string }): [string, TufTarget] {
  return [path, { length, sha256, custom: undefined }]
}

/** `status/names.json`: the paths of all lists, and of the registers beside them. */
async function namesTarget(services: Services, lists: readonly NewList[]): Promise<TargetBytes> {
  const known = await services.storage
    .selectFrom('tuf_status')
    .select('list_id')
    .select((is) => is('targets', 'like', '%.seals"%').as('has_register'))
    .execute()
  const hasRegister = new Map([
    ...known.map((row) => [row.list_id, Boolean(row.has_register)] as const),
    ...lists.map(({ id, targets }) => [id, targets.some(isRegister)] as const),
  ])
  const paths = [...hasRegister]
    .sort(([a], [b]) => a - b)
    .flatMap(([id, has]) => [
      ...STATUS_LIST_FORMS.map((form) => statusTarget(id, form)),
      ...(has ? [registerTarget(id)] : []),
    ])
  const bytes = utf8Encode(encodeJson([TARGET.statusNames, ...paths]))
  return { path: TARGET.statusNames, bytes, ...describeTarget(bytes) }
}

function isRegister({ path }: { readonly path: string }): boolean {
  return path.endsWith('.seals')
}

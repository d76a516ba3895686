/** The status roles: each signs for its share of the lists, and is written anew only when one of them changed. */
import { encodeJson, utf8Encode } from '@onetrip/codec'
import {
  describeTarget,
  draftTargets,
  STATUS_ROLES,
  signTuf,
  statusRoleOf,
  statusTarget,
  TARGET,
  type TufTarget,
} from '@onetrip/trust'
import type { Services } from '../services.ts'
import { publishedStatusList } from '../status-lists/publish-status-list.ts'
import { addTarget, type MetadataHead, metadataRow } from './repository-rows.ts'
import { nextHead, type RoleChange, timesOf } from './role-change.ts'
import { onlineSigner } from './trust-keys.ts'

const DAY_SECONDS = 86_400
const ROLE_LIFE_SECONDS = 7 * DAY_SECONDS
/** An unchanged list is dated anew this often: "not revoked as of" tells its time. */
const LIST_AGAIN_SECONDS = 600
const FORMS = ['cwt', 'jwt'] as const
/** This role also names the lists of all. */
const NAMING_ROLE = 'status-1'

interface ListedTarget extends TufTarget {
  readonly path: string
}

interface NewList {
  readonly id: number
  readonly revision: number
  readonly targets: readonly (ListedTarget & { readonly bytes: Uint8Array })[]
}

/** The roles whose lists changed or whose half life is over, signed; nothing of it is kept yet. */
export async function changedStatusRoles(
  services: Services,
  heads: ReadonlyMap<string, MetadataHead>,
): Promise<readonly RoleChange[]> {
  const lists = await newLists(services)
  const now = services.now()
  const roles = new Set(lists.map(({ id }) => statusRoleOf(id)))
  for (let number = 1; number <= STATUS_ROLES; number += 1) {
    const role = `status-${number}`
    const head = heads.get(role)
    const isOver = head !== undefined && head.expires_at - now < ROLE_LIFE_SECONDS / 2
    if (isOver || (head === undefined && role === NAMING_ROLE)) roles.add(role)
  }
  if (await hasNewNames(services, lists)) roles.add(NAMING_ROLE)
  return Promise.all([...roles].map((role) => signRole(services, { role, lists, heads })))
}

/** Lists whose content or date moved on since they were named last; each is signed by its agency. */
async function newLists(services: Services): Promise<readonly NewList[]> {
  const again = services.now() - LIST_AGAIN_SECONDS
  const rows = await services.storage
    .selectFrom('status_list')
    .leftJoin('tuf_status', 'tuf_status.list_id', 'status_list.id')
    .select(['status_list.id', 'status_list.revision'])
    .where((is) =>
      is.or([
        is('tuf_status.list_id', 'is', null),
        is('tuf_status.revision', '<', is.ref('status_list.revision')),
        is('tuf_status.named_at', '<=', again),
      ]),
    )
    .orderBy('status_list.id')
    .execute()
  const lists: NewList[] = []
  for (const { id, revision } of rows) {
    const targets = await Promise.all(
      FORMS.map(async (form) => {
        const { body } = await publishedStatusList(services, id, form)
        return { path: statusTarget(id, form), bytes: body, ...describeTarget(body) }
      }),
    )
    lists.push({ id, revision, targets })
  }
  return lists
}

async function hasNewNames(services: Services, lists: readonly NewList[]): Promise<boolean> {
  if (lists.length === 0) return false
  const known = await services.storage.selectFrom('tuf_status').select('list_id').execute()
  const ids = new Set(known.map(({ list_id: id }) => id))
  return lists.some(({ id }) => !ids.has(id))
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
  const names = role === NAMING_ROLE ? await namesTarget(services, lists) : []
  const targets = new Map<string, TufTarget>([
    ...(await keptTargets(services, role)),
    ...own.flatMap(({ targets: listed }) =>
      listed.map(({ path, length, sha256: digest }): [string, TufTarget] => [
        path,
        { length, sha256: digest, custom: undefined },
      ]),
    ),
    ...names.map(({ path, bytes }): [string, TufTarget] => [path, describeTarget(bytes)]),
  ])
  const life = ROLE_LIFE_SECONDS
  const head = nextHead({ role, before: heads.get(role), madeOf: '', now: services.now(), life })
  const bytes = await signTuf(draftTargets({ ...timesOf(head), targets }), [
    await onlineSigner(services, 'status'),
  ])
  return {
    row: metadataRow(head, bytes),
    save: async (transaction) => {
      const addedAt = head.signed_at
      for (const { path, bytes: body } of names)
        await addTarget(transaction, { path, bytes: body, addedAt })
      for (const list of own) {
        for (const { path, bytes: body } of list.targets) {
          await addTarget(transaction, { path, bytes: body, addedAt })
        }
        const row = {
          list_id: list.id,
          role,
          revision: list.revision,
          named_at: addedAt,
          targets: encodeJson(
            list.targets.map(({ path, length, sha256: digest }) => ({
              path,
              length,
              sha256: digest,
            })),
          ),
        }
        await transaction
          .insertInto('tuf_status')
          .values(row)
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
  return rows.flatMap(({ targets }) => {
    const listed: ListedTarget[] = JSON.parse(targets)
    return listed.map(({ path, length, sha256: digest }): [string, TufTarget] => [
      path,
      { length, sha256: digest, custom: undefined },
    ])
  })
}

/** `status/names.json`: the paths of all lists. */
async function namesTarget(
  services: Services,
  lists: readonly NewList[],
): Promise<readonly { readonly path: string; readonly bytes: Uint8Array }[]> {
  const known = await services.storage.selectFrom('tuf_status').select('list_id').execute()
  const ids = new Set([...known.map(({ list_id: id }) => id), ...lists.map(({ id }) => id)])
  const paths = [...ids]
    .sort((a, b) => a - b)
    .flatMap((id) => FORMS.map((form) => statusTarget(id, form)))
  return [
    { path: TARGET.statusNames, bytes: utf8Encode(encodeJson([TARGET.statusNames, ...paths])) },
  ]
}

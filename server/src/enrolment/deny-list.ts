/**
 * What counts for nothing any more: lost devices, and keys from a time on (ARCHITECTURE §5). The content is for the
 * online role that signs the deny list; it is at most 4 KB, since every verifier fetches it first.
 */

import { encodeJson, fault, utf8Encode } from '@onetrip/codec'
import { MAX_DENY_LIST_BYTES } from '@onetrip/trust'
import { recordAct } from '../record/append.ts'
import type { Actor } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { type StorageReader, type StorageTransaction, transact } from '../storage/database.ts'
import { type CounterEntry, counterEntry, counterOf } from './office-counters.ts'

/** How long a counter's certificate is in force at most. */
const LONGEST_CERTIFICATE_SECONDS = 30 * 86_400

/**
 * The deny list as it has to be published: UTF-8 JSON `{format: 1, keys: [{thumbprint, from}], devices: [thumbprint]}`,
 * each list in order. A device is on it as long as a certificate of it may be in force. Throws `deny-list/full`.
 */
export async function denyListContent(reader: StorageReader, now: number): Promise<Uint8Array> {
  const keys = await reader
    .selectFrom('denied')
    .select(['thumbprint', 'from_time'])
    .where('kind', '=', 'key')
    .orderBy('thumbprint')
    .execute()
  const devices = await reader
    .selectFrom('denied')
    .leftJoin('counter', 'counter.thumbprint', 'denied.thumbprint')
    .select('denied.thumbprint')
    .where('denied.kind', '=', 'device')
    .where((is) =>
      is.or([
        is('counter.signed_until', '>=', now),
        // Enrolled after the backup that this database was put back from: no certificate is longer.
        is.and([
          is('counter.thumbprint', 'is', null),
          is('denied.denied_at', '>=', now - LONGEST_CERTIFICATE_SECONDS),
        ]),
      ]),
    )
    .orderBy('denied.thumbprint')
    .execute()
  const content = utf8Encode(
    encodeJson({
      format: 1,
      keys: keys.map((key) => ({ thumbprint: key.thumbprint, from: key.from_time })),
      devices: devices.map(({ thumbprint }) => thumbprint),
    }),
  )
  if (content.length > MAX_DENY_LIST_BYTES) {
    throw fault('deny-list/full', 'revoke the key that signed for these devices instead')
  }
  return content
}

/**
 * Denies a device: lost, stolen, or not wanted. It gets no certificate again, and one that it has counts for nothing
 * with verifiers that have the new deny list. Repeating it changes nothing. Throws `auth/forbidden`,
 * `counter/not-found`, `deny-list/full`.
 */
export async function denyCounter(
  services: Services,
  { actor, counterId }: { readonly actor: Actor; readonly counterId: string },
): Promise<CounterEntry> {
  const now = services.now()
  const { entry, isChanged } = await transact(services.storage, async (transaction) => {
    const row = await counterOf(transaction, actor, counterId)
    if (row.state === 'denied') return { entry: counterEntry(row), isChanged: false }
    const denied = { state: 'denied', denied_at: now } as const
    await transaction.updateTable('counter').set(denied).where('id', '=', row.id).execute()
    const entry = { kind: 'device', thumbprint: row.thumbprint, fromTime: now } as const
    await addDenied(services, transaction, { ...entry, actor, now, counter: row.id })
    return { entry: counterEntry({ ...row, ...denied }), isChanged: true }
  })
  if (isChanged) services.log('counter/denied', { counter: entry.id, actor: actor.actorId })
  return entry
}

/** Denies a key from a time on (Unix seconds); an earlier time than the one kept takes its place. Throws `deny-list/full`. */
export async function denyKey(
  services: Services,
  options: { readonly actor: Actor; readonly thumbprint: string; readonly from: number },
): Promise<void> {
  const { actor, thumbprint, from } = options
  const now = services.now()
  await transact(services.storage, (transaction) =>
    addDenied(services, transaction, { kind: 'key', thumbprint, fromTime: from, actor, now }),
  )
}

async function addDenied(
  services: Services,
  transaction: StorageTransaction,
  denial: {
    readonly kind: 'device' | 'key'
    readonly thumbprint: string
    readonly fromTime: number
    readonly actor: Actor
    readonly now: number
    /** Of a device. */
    readonly counter?: string
  },
): Promise<void> {
  const { kind, thumbprint, fromTime, actor, now, counter } = denial
  await transaction
    .insertInto('denied')
    .values({
      kind,
      thumbprint,
      from_time: fromTime,
      actor_id: actor.actorId,
      denied_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['kind', 'thumbprint'])
        .doUpdateSet({ from_time: fromTime })
        .where('denied.from_time', '>', fromTime),
    )
    .execute()
  await recordAct(services, transaction, {
    act: `deny/${kind}`,
    agency: actor.agencyId,
    actor: actor.actorId,
    facts: { thumbprint, from: fromTime, counter },
  })
  // Refuses, and takes back, what could not be published.
  await denyListContent(transaction, now)
}

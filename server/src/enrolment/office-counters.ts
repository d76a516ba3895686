/** An administrator's part: which devices ask and are counters of their offices, and confirming one by its code. */

import { fault } from '@onetrip/codec'
import * as v from 'valibot'
import { recordAct } from '../record/append.ts'
import { heldText, rowHold } from '../record/row-hold.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import type { CounterTable } from '../storage/schema.ts'
import { officeMatters } from './office-matters.ts'

const MATTERS = v.array(v.string())
const NUMBER_DIGITS = 2

/** A device as its office's administrator sees it; times are Unix seconds. */
export interface CounterEntry {
  readonly id: string
  readonly office: string
  readonly name: string
  /** `asked` (its code waits), `confirmed`, or `denied`. */
  readonly state: CounterTable['state']
  /** While it asks: to be compared with the code on the device. */
  readonly code?: string
  readonly codeUntil?: number
  readonly number?: string
  readonly matters: readonly string[]
  readonly thumbprint: string
  /** End of its newest certificate. */
  readonly certificateUntil?: number
}

/** What an administrator decides. */
export interface Confirmation {
  readonly actor: Actor
  readonly counterId: string
  /** As it stands on the device; case, spaces and `-` do not matter. */
  readonly code: string
  /** Left out: the next free one of the office. */
  readonly number?: string | undefined
  /** Codes of the matters that it acts in; left out: those that the catalogue brings to its office. */
  readonly matters?: readonly string[] | undefined
}

/** The devices of the actor's offices, those that ask first, then by when they asked. Throws `auth/forbidden`. */
export async function listCounters(
  services: Services,
  actor: Actor,
): Promise<readonly CounterEntry[]> {
  assertAllowed(actor, 'enrol')
  if (actor.offices.length === 0) return []
  const rows = await services.storage
    .selectFrom('counter')
    .selectAll()
    .where('office_id', 'in', [...actor.offices])
    .orderBy('asked_at')
    .orderBy('id')
    .execute()
  const now = services.now()
  const shown = rows.filter(({ state, code_until }) => state !== 'asked' || code_until > now)
  const waiting = shown.filter(({ state }) => state === 'asked')
  return [...waiting, ...shown.filter(({ state }) => state !== 'asked')].map(counterEntry)
}

/**
 * Confirms the device whose code was compared. Repeating it changes nothing. Throws `auth/forbidden`,
 * `counter/not-found`, `counter/denied`, `enrolment/expired`, `enrolment/code`, `counter/number-taken`.
 */
export async function confirmCounter(
  services: Services,
  confirmation: Confirmation,
): Promise<CounterEntry> {
  const { actor, counterId } = confirmation
  const code = plainCode(confirmation.code)
  const { entry, isChanged } = await transact(services.storage, async (transaction) => {
    const row = await counterOf(transaction, actor, counterId)
    if (row.state === 'denied') throw fault('counter/denied')
    if (row.code !== code) throw fault('enrolment/code')
    if (row.state === 'confirmed') return { entry: counterEntry(row), isChanged: false }
    const now = services.now()
    if (row.code_until <= now) throw fault('enrolment/expired')
    const number = await freeNumber(transaction, row.office_id, confirmation.number)
    const ofOffice = await officeMatters(transaction, row.office_id)
    const matters = confirmation.matters ?? ofOffice.map((matter) => matter.code)
    const confirmed = {
      state: 'confirmed',
      number,
      matters: JSON.stringify([...new Set(matters)].sort()),
      confirmed_at: now,
    } as const
    await transaction.updateTable('counter').set(confirmed).where('id', '=', row.id).execute()
    await recordAct(services, transaction, {
      act: 'counter/confirm',
      agency: row.office_id,
      actor: actor.actorId,
      facts: {
        counter: row.id,
        number,
        matters: confirmed.matters,
        row: rowHold(services, [heldText('counter', { ...row, ...confirmed })]),
      },
    })
    return { entry: counterEntry({ ...row, ...confirmed }), isChanged: true }
  })
  if (isChanged) services.log('counter/confirmed', { counter: entry.id, actor: actor.actorId })
  return entry
}

/** The row of a device of one of the actor's offices. Throws `auth/forbidden`, `counter/not-found`. */
export async function counterOf(
  transaction: StorageTransaction,
  actor: Actor,
  counterId: string,
): Promise<CounterTable> {
  assertAllowed(actor, 'enrol')
  const row = await transaction
    .selectFrom('counter')
    .selectAll()
    .where('id', '=', counterId)
    .executeTakeFirst()
  if (row === undefined || !actor.offices.includes(row.office_id)) throw fault('counter/not-found')
  return row
}

/** A row as it is shown. */
export function counterEntry(row: CounterTable): CounterEntry {
  const isAsked = row.state === 'asked'
  return {
    id: row.id,
    office: row.office_id,
    name: row.name,
    state: row.state,
    ...(isAsked ? { code: row.code, codeUntil: row.code_until } : {}),
    ...(row.number === null ? {} : { number: row.number }),
    matters: mattersOf(row),
    thumbprint: row.thumbprint,
    ...(row.certificate_until === null ? {} : { certificateUntil: row.certificate_until }),
  }
}

/** The matters a device may act in. */
export function mattersOf({ matters }: Pick<CounterTable, 'matters'>): readonly string[] {
  return v.parse(MATTERS, JSON.parse(matters))
}

/** What was typed, as codes are kept: letters that are not used are taken for the digits they look like. */
function plainCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}

async function freeNumber(
  transaction: StorageTransaction,
  officeId: string,
  wanted: string | undefined,
): Promise<string> {
  const rows = await transaction
    .selectFrom('counter')
    .select('number')
    .where('office_id', '=', officeId)
    .where('number', 'is not', null)
    .execute()
  // Numbers of denied devices are not given again: a record names one device for ever.
  const taken = new Set(rows.map(({ number }) => number))
  if (wanted !== undefined) {
    if (taken.has(wanted)) throw fault('counter/number-taken')
    return wanted
  }
  for (let next = 1; ; next += 1) {
    const number = String(next).padStart(NUMBER_DIGITS, '0')
    if (!taken.has(number)) return number
  }
}

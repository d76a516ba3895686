/** The steps of a case: handed in, accepted with a number, returned, declined, withdrawn, closed; and what follows for its parts. */
import { failpoint } from '../failpoint.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { type CaseActor, formOf, guideOfPart, type OpenedCase, openCase } from './case-rows.ts'
import type { CaseState } from './case-steps.ts'
import { PARTS_OVER } from './case-steps.ts'
import { holdsByData } from './data-check.ts'
import { keepMaterial } from './materials.ts'
import { type CaseStepOrder, type StepWords, takeCaseStep, takePartStep } from './take-step.ts'
import { dueDayOf } from './time-limit.ts'
import { dayAt } from './working-days.ts'

const NUMBER_DIGITS = 6

/** Takes a step of a case and answers its state. Throws `case/not-found` and as `takeCaseStep`. */
export async function stepCase(
  services: Services,
  of: {
    readonly by: CaseActor
    readonly caseId: string
    readonly action: string
    readonly words: StepWords
  },
): Promise<CaseState> {
  const { by, caseId, action, words } = of
  const state = await transact(services.storage, async (transaction) => {
    const opened = await openCase(transaction, { by, caseId })
    const order = { opened, by, action, words }
    const change = await changeFor(services, transaction, order)
    const next = await takeCaseStep(services, transaction, { ...order, change })
    if (action === 'accept') await beginParts(services, transaction, order)
    if (action === 'withdraw') await withdrawParts(services, transaction, order)
    return next
  })
  failpoint(services.config, 'case/after-commit')
  return state
}

/** The server withdraws a case that was returned and that nobody hands in again. Throws as `takeCaseStep`. */
export async function lapseCase(
  services: Services,
  transaction: StorageTransaction,
  { opened, reason }: { readonly opened: OpenedCase; readonly reason: string },
): Promise<void> {
  const words = { version: opened.row.version, reason }
  await takeCaseStep(services, transaction, {
    opened,
    by: { kind: 'server' },
    action: 'withdraw',
    words,
    change: { closed_at: services.now() },
  })
  await withdrawParts(services, transaction, { opened, words })
}

type Order = Pick<CaseStepOrder, 'opened' | 'by' | 'action' | 'words'>

async function changeFor(
  services: Services,
  transaction: StorageTransaction,
  { opened, by, action }: Order,
): Promise<NonNullable<CaseStepOrder['change']>> {
  const now = services.now()
  const { row } = opened
  switch (action) {
    case 'submit': {
      // Whoever comes a second time because something was wrong has come twice.
      const isBack = row.state === 'returned' && by.kind === 'staff'
      return { submitted_at: now, trips: row.trips + (isBack ? 1 : 0) }
    }
    case 'accept':
      return { accepted_at: now, number: await nextNumber(services, transaction, row.office_id) }
    case 'decline':
    case 'withdraw':
    case 'close':
      return { closed_at: now }
    default:
      return {}
  }
}

/** Numbers of an office on a day: day, its last six digits of USCC, and a count. */
async function nextNumber(
  services: Services,
  transaction: StorageTransaction,
  officeId: string,
): Promise<string> {
  const day = dayAt(services.now()).replaceAll('-', '')
  const row = await transaction
    .insertInto('case_number')
    .values({ office_id: officeId, day, next: 2 })
    .onConflict((conflict) =>
      conflict
        .columns(['office_id', 'day'])
        .doUpdateSet((columns) => ({ next: columns('case_number.next', '+', 1) })),
    )
    .returning('next')
    .executeTakeFirstOrThrow()
  return `${officeId}-${day}-${String(row.next - 1).padStart(NUMBER_DIGITS, '0')}`
}

/** All parts begin together, each under its own clock; what data settle is settled at once. */
async function beginParts(
  services: Services,
  transaction: StorageTransaction,
  { opened, by }: Order,
): Promise<void> {
  const now = services.now()
  await generateForm(services, transaction, { opened, by })
  for (const part of opened.parts) {
    const guide = guideOfPart(opened, part.code)
    const isPromised = opened.materials.some(
      ({ code, way }) => code === guide.promise?.material && way === 'promise',
    )
    const promisedDays =
      isPromised && guide.promise !== undefined ? guide.promise.promisedDays : part.promised_days
    const order = { opened, by: { kind: 'server' }, words: { version: part.version } } as const
    await takePartStep(services, transaction, {
      ...order,
      part,
      action: 'begin',
      change: {
        began_at: now,
        promised_days: promisedDays,
        warn_days: Math.min(part.warn_days, promisedDays),
        due_day: dueDayOf({ beganAt: now, promisedDays, stoppedDays: 0 }),
      },
    })
    if (guide.check !== undefined && holdsByData(guide.check, opened)) {
      await takePartStep(services, transaction, {
        ...order,
        part: { ...part, state: 'reviewing', version: part.version + 1 },
        words: { version: part.version + 1 },
        action: 'confirm',
        change: { ended_at: now, ended_day: dayAt(now) },
      })
    }
  }
}

/** The application form is what stands in it when it is accepted. */
async function generateForm(
  services: Services,
  transaction: StorageTransaction,
  { opened, by }: Pick<Order, 'opened' | 'by'>,
): Promise<void> {
  if (by.kind === 'server') return
  for (const { code, sources } of opened.plan.materials) {
    if (sources[0] !== 'generated') continue
    const evidence = { form: { ...formOf(opened.row) } }
    const row = { code, way: 'generated', evidence, due_day: null } as const
    await keepMaterial(services, transaction, { opened, by, row })
  }
}

async function withdrawParts(
  services: Services,
  transaction: StorageTransaction,
  { opened, words }: Pick<Order, 'opened' | 'words'>,
): Promise<void> {
  for (const part of opened.parts) {
    if (PARTS_OVER.includes(part.state)) continue
    await takePartStep(services, transaction, {
      opened: withState(opened, 'withdrawn'),
      by: { kind: 'server' },
      part,
      action: 'withdraw',
      words: { version: part.version, reason: words.reason },
      change: { ended_at: services.now(), ended_day: dayAt(services.now()) },
    })
  }
}

function withState(opened: OpenedCase, state: CaseState): OpenedCase {
  return { ...opened, row: { ...opened.row, state } }
}

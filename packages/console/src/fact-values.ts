/** Facts of an act in the words of the page that it was done on: states, roles, ways and times; what has no word stays as it was recorded. */

import { formatClock, formatDate, formatDay } from '@onetrip/ui'
import { CASE_STATES, PART_STATES } from './case-states.ts'
import { tc } from './messages.ts'
import { tp } from './words-cases.ts'
import { tl } from './words-log.ts'
import { to } from './words-orders.ts'
import { tg } from './words-register.ts'
import { ts } from './words-staff.ts'

/** A value as it was recorded. */
export type FactValue = string | number | boolean

const LICENCE_STATES = ['valid', 'suspended', 'revoked'] as const
const ENDS = ['penalty', 'annulled', 'deregistered', 'replaced', 'transferred'] as const
const ORDERS = ['suspend', 'reinstate', 'revoke', 'transfer', 'revoke-lost'] as const
const WAYS = ['licence', 'register', 'upload', 'promise', 'generated', 'deferred'] as const
const ROLES = ['clerk', 'reviewer', 'approver', 'seal-keeper', 'auditor', 'administrator'] as const
const YES_OR_NO = ['passed', 'everywhere']

interface Words {
  /** Acts begin so. */
  readonly acts: string
  readonly facts: readonly string[]
  readonly wordOf: (value: string) => string | undefined
}

/** The first that fits is taken. */
const TABLE: readonly Words[] = [
  {
    acts: 'case/',
    facts: ['from', 'to'],
    wordOf: wordOf(CASE_STATES, (state) => tp(`case.${state}`)),
  },
  {
    acts: 'case-part/',
    facts: ['from', 'to'],
    wordOf: wordOf(PART_STATES, (state) => tp(`part.${state}`)),
  },
  { acts: 'case/', facts: ['way'], wordOf: wordOf(WAYS, wayWord) },
  { acts: 'case/', facts: ['day'], wordOf: formatDay },
  {
    acts: 'licence/',
    facts: ['from', 'to'],
    wordOf: wordOf(LICENCE_STATES, (status) => tg(`status.${status}`)),
  },
  { acts: 'licence/', facts: ['kind'], wordOf: wordOf(ENDS, (kind) => tg(`kind.${kind}`)) },
  { acts: 'order/', facts: ['kind'], wordOf: wordOf(ORDERS, (kind) => to(`kind.${kind}`)) },
  { acts: 'staff/', facts: ['role'], wordOf: wordOf(ROLES, (role) => ts(`role.${role}`)) },
  { acts: 'staff/', facts: ['from', 'until'], wordOf: timeWords },
]

/** A fact of an act in words. */
export function factValueWords(act: string, name: string, value: FactValue): string {
  if (YES_OR_NO.includes(name) && (value === 0 || value === 1))
    return tl(value === 1 ? 'yes' : 'no')
  const found = TABLE.find((words) => act.startsWith(words.acts) && words.facts.includes(name))
  const text = String(value)
  return found?.wordOf(text) ?? text
}

function wordOf<Value extends string>(
  values: readonly Value[],
  word: (value: Value) => string,
): Words['wordOf'] {
  return (text) => {
    const known = values.find((value) => value === text)
    return known === undefined ? undefined : word(known)
  }
}

/** The day on which what is deferred follows is a fact of its own. */
function wayWord(way: (typeof WAYS)[number]): string {
  return way === 'deferred' ? tl('deferred') : tp(`way.${way}`)
}

function timeWords(text: string): string | undefined {
  const at = Number(text)
  if (!Number.isSafeInteger(at) || at <= 0) return undefined
  return tc('moment.on', { day: formatDate(at), clock: formatClock(at) })
}

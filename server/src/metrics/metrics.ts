/**
 * What a Prometheus server reads of this process (text format 0.0.4), by prom-client, which this file alone knows. Labels are route
 * patterns, codes and states of ours: none is made of what somebody sent.
 */
import type { ErrorCode } from '@onetrip/codec'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Hsm } from '../hsm/hsm.ts'
import type { RateBook } from '../rates/rate-book.ts'
import type { StoredState } from './stored-state.ts'

/** In seconds: from a file in memory to a licence that is laid out. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])

/** One answered request. */
export interface AnsweredRequest {
  readonly method: string
  /** The pattern, never the path. */
  readonly route: string
  readonly status: number
  readonly seconds: number
}

/** Parts of a process that count for themselves. */
export interface ProcessParts {
  readonly rates: RateBook
  readonly hsm?: Hsm
}

/** The counters of one process. */
export interface Metrics {
  readonly countRequest: (request: AnsweredRequest) => void
  readonly countFault: (code: ErrorCode) => void
  /** Adds memory, processor time and the event loop's lag. */
  readonly watchProcess: () => void
  /** All of it; `state` is undefined where the database did not answer. */
  readonly write: (state: StoredState | undefined, parts?: ProcessParts) => Promise<string>
}

/** The media type of what {@link Metrics.write} gives. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** Makes them, all at nothing. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Counter({
    name: 'onetrip_http_requests_total',
    help: 'Answered requests',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const seconds = new Histogram({
    name: 'onetrip_http_request_seconds',
    help: 'Time until the answer',
    labelNames: ['route'],
    buckets: BUCKETS,
    registers,
  })
  const faults = new Counter({
    name: 'onetrip_faults_total',
    help: 'Requests that ended in a fault, by its code',
    labelNames: ['code'],
    registers,
  })
  const setState = stateGauges(registers)
  const setParts = partGauges(registers)
  return {
    countRequest: ({ method, route, status, seconds: taken }) => {
      const known = METHODS.has(method) ? method : 'other'
      requests.inc({ method: known, route, status })
      seconds.observe({ route }, taken)
    },
    countFault: (code) => faults.inc({ code }),
    watchProcess: () => collectDefaultMetrics({ register: registry }),
    write: (state, parts) => {
      setState(state)
      if (parts !== undefined) setParts(parts)
      return registry.metrics()
    },
  }
}

function stateGauges(registers: Registry[]): (state: StoredState | undefined) => void {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name: `onetrip_${name}`, help, labelNames, registers })
  const up = gauge('database_up', 'Whether the database answered')
  const licences = gauge('licences', 'Licences that were issued, by status', ['status'])
  const changes = gauge('status_changes', 'Changes of the status of licences')
  const cases = gauge('cases', 'Cases, by state', ['state'])
  const overdue = gauge('case_parts_overdue', 'Undecided parts of cases past their day')
  const batches = gauge('batches', 'Batches, by state', ['state'])
  const waiting = gauge('waiting', 'What waits for somebody or something', ['queue'])
  const unpublished = gauge('publication_faults', 'What could not be published', ['code'])
  const clockOff = gauge(
    'clock_off_seconds',
    'By how much the clock contradicts what is published, by how it does',
    ['code'],
  )
  const entries = gauge('log_entries', 'Entries of the log')
  const behind = gauge('log_entries_waiting', 'Entries that are under no checkpoint yet')
  const checkpointAge = gauge('log_checkpoint_age_seconds', 'Age of the newest checkpoint')
  const listAge = gauge('status_list_age_seconds', 'Age of the oldest status list as served')
  return (state) => {
    for (const one of [licences, cases, batches, waiting, unpublished, clockOff]) one.reset()
    up.set(state === undefined ? 0 : 1)
    if (state === undefined) return
    for (const [status, count] of Object.entries(state.licences)) licences.set({ status }, count)
    for (const [queue, count] of Object.entries(state.waiting)) waiting.set({ queue }, count)
    for (const [name, count] of Object.entries(state.cases)) cases.set({ state: name }, count)
    for (const [name, count] of Object.entries(state.batches)) batches.set({ state: name }, count)
    overdue.set(state.overdueParts)
    for (const code of state.publicationFaults) unpublished.inc({ code })
    const doubt = state.clockDoubt
    if (doubt !== undefined) clockOff.set({ code: doubt.code }, doubt.seconds)
    changes.set(state.statusChanges)
    entries.set(state.entries)
    behind.set(state.entries - state.checkpointSize)
    checkpointAge.set(state.checkpointAgeSeconds)
    listAge.set(state.statusListAgeSeconds)
  }
}

/** Sums that the parts keep are shown as they are. */
function partGauges(registers: Registry[]): (parts: ProcessParts) => void {
  const names = new Gauge({
    name: 'onetrip_rate_names',
    help: 'Addresses and people whose requests are counted for limits',
    registers,
  })
  const limited = new Counter({
    name: 'onetrip_rate_limited_total',
    help: 'Requests over a limit, by limit',
    labelNames: ['limit'],
    registers,
  })
  let setHsm: ((hsm: Hsm) => void) | undefined
  return ({ rates, hsm }) => {
    const counted = rates.counts()
    names.set(counted.names)
    limited.reset()
    for (const [limit, count] of counted.refused) limited.inc({ limit }, count)
    if (hsm === undefined) return
    setHsm ??= hsmGauges(registers)
    setHsm(hsm)
  }
}

/** Made where there is an HSM: elsewhere nothing says that it is down. */
function hsmGauges(registers: Registry[]): (hsm: Hsm) => void {
  const up = new Gauge({ name: 'onetrip_hsm_up', help: 'Whether the HSM answered last', registers })
  const waiting = new Gauge({
    name: 'onetrip_hsm_waiting',
    help: 'Orders that wait for the HSM',
    registers,
  })
  const sum = (name: string, help: string) =>
    new Counter({ name: `onetrip_hsm_${name}_total`, help, registers })
  const signatures = sum('signatures', 'Signatures by the HSM')
  const seconds = sum('signature_seconds', 'Time until they were there, waiting included')
  const faults = sum('faults', 'Orders that the HSM did not carry out')
  return (hsm) => {
    const counted = hsm.counts()
    up.set(counted.isUp ? 1 : 0)
    waiting.set(counted.waiting)
    for (const one of [signatures, seconds, faults]) one.reset()
    signatures.inc(counted.signatures)
    seconds.inc(counted.seconds)
    faults.inc(counted.faults)
  }
}

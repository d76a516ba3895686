/** `onetrip log monitor`: follows a log for an agency. */
import { setTimeout as sleep } from 'node:timers/promises'
import { concatBytes, Fault, utf8Decode, utf8Encode } from '@onetrip/codec'
import { parseWitnessList, type WitnessService } from '@onetrip/log'
import { parseCount } from './ceremony/parse-number.ts'
import { type Arguments, readArguments } from './command-spec.ts'
import { logFetcher } from './log/fetch-log.ts'
import { readKey } from './log-verify-command.ts'
import { fetchOpenings, type Openings, parseOpenings } from './monitor/agency-facts.ts'
import { lookOnce, type Monitored, type Round } from './monitor/monitor-round.ts'
import { loadState, saveState } from './monitor/monitor-state.ts'
import type { Alert, Watch } from './monitor/review-entries.ts'
import { parseCalendar, parseHours } from './monitor/working-hours.ts'
import { printable } from './printable.ts'
import { readLimited } from './read-limited.ts'
import { logMonitorSpec } from './specs/log.ts'
import { writeDurably } from './store/durable-write.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'
import { utc } from './utc.ts'

type Values = Arguments<typeof logMonitorSpec>['values']

const MAX_FILE_BYTES = 64_000_000
const SETTLE_MILLISECONDS = 5_000
/** What proves that a log is at fault. */
const LOG_FAULTS = /^(log|note|checkpoint)\//

/** Looks until SIGINT or SIGTERM, or once. Throws `UsageError`, and the `Fault` of a log that is not what it was. */
export async function runLogMonitor(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(logMonitorSpec, context.args)
  const monitored = await readMonitored(operands[0] ?? '', values)
  const pause = parseCount('interval', values.interval ?? '60') * 1000
  let told = 0
  for (;;) {
    try {
      const { alerts } = await look(context, monitored, values)
      told += alerts.length
    } catch (error) {
      // A log that is not there is looked for again.
      if (values.once || !(error instanceof Fault) || !error.code.startsWith('network/'))
        throw error
      told += 1
      const { code, message } = error
      const words = message === code ? code : `${code}: ${message}`
      context.print(printable(values.json ? JSON.stringify({ alert: code, words }) : words))
    }
    if (values.once || context.stopped.aborted) break
    await sleep(pause, undefined, { signal: context.stopped }).catch(() => {})
    if (context.stopped.aborted) break
  }
  return told === 0 ? EXIT.valid : EXIT.caution
}

/** Tells what is found before it is kept: what is told twice is better than what is not. */
async function look(context: CommandContext, monitored: Monitored, values: Values): Promise<Round> {
  const before = await loadState(values.state, monitored.log)
  const progress = context.progress('log')
  let notes: readonly Uint8Array[] = []
  const onNotes = (seen: typeof notes): void => {
    notes = seen
  }
  try {
    const round = await lookOnce(monitored, before, { onNotes, onProgress: progress.update })
    progress.end()
    const { alerts, added, state } = round
    const print = values.json ? asJson : asText
    for (const alert of alerts) context.print(printable(print(alert)))
    const { origin, size } = state.followed.checkpoint
    const summary = { origin, size, added, alerts: alerts.length }
    const words = `${origin}: ${size} entries, ${added} new, ${alerts.length} to tell`
    context.print(printable(values.json ? JSON.stringify(summary) : words))
    await saveState(values.state, state)
    return round
  } catch (error) {
    if (error instanceof Fault && LOG_FAULTS.test(error.code)) {
      await writeDurably(
        `${values.state}.evidence`,
        concatBytes(...notes.flatMap((note) => [note, utf8Encode('\n')])),
      )
    }
    throw error
  } finally {
    progress.end()
  }
}

function asJson({ alert, index, at, details }: Alert): string {
  return JSON.stringify({ alert, index, at, ...details })
}

function asText({ alert, index, at, details }: Alert): string {
  const said = Object.entries(details).map(([name, value]) => `${name}=${value}`)
  const place = [index === undefined ? '' : `#${index}`, at === undefined ? '' : utc(at)]
  return [alert, ...place, ...said].filter((part) => part !== '').join(' ')
}

async function readMonitored(address: string, values: Values): Promise<Monitored> {
  const fetchFile = logFetcher(address)
  const { agency, expected, facts } = values
  const keyFile = values['key-file']
  if (facts !== undefined && keyFile !== undefined) {
    throw new UsageError('--facts and --key-file exclude each other')
  }
  if (agency === undefined && [expected, facts, keyFile].some((file) => file !== undefined)) {
    throw new UsageError('--agency is missing')
  }
  return {
    log: readKey(values.vkey),
    fetchFile,
    witnesses: values.witnesses === undefined ? [] : await readWitnesses(values.witnesses),
    settleMilliseconds: SETTLE_MILLISECONDS,
    ...(agency === undefined ? {} : { watch: await readWatch(agency, values) }),
    ...(expected === undefined ? {} : { readExpected: () => readLines(expected) }),
    ...(facts === undefined ? {} : { readOpenings: () => readOpenings(facts) }),
    ...(keyFile === undefined || agency === undefined
      ? {}
      : {
          readOpenings: async (from: number) => {
            const apiKey = utf8Decode(await readLimited(keyFile, 4096)).trim()
            return fetchOpenings({ origin: new URL(address).origin, apiKey, agency, from })
          },
        }),
  }
}

async function readWatch(agency: string, values: Values): Promise<Watch> {
  const [acts = '', seconds = ''] = (values.burst ?? '30/600').split('/')
  const days =
    values.calendar === undefined
      ? new Map()
      : parseCalendar(await readLimited(values.calendar, MAX_FILE_BYTES))
  return {
    agency,
    seals: new Set(values.seal),
    hours: { ...parseHours(values.hours ?? '08:30-17:30'), days },
    burst: { acts: parseCount('burst', acts), seconds: parseCount('burst', seconds) },
    pair: parseCount('pair', values.pair ?? '10'),
    systems: new Set(values.system),
  }
}

async function readLines(file: string): Promise<ReadonlySet<string>> {
  const lines = utf8Decode(await readLimited(file, MAX_FILE_BYTES)).split('\n')
  return new Set(lines.map((line) => line.trim()).filter((line) => line !== ''))
}

async function readOpenings(file: string): Promise<Openings> {
  return parseOpenings(await readLimited(file, MAX_FILE_BYTES)).openings
}

async function readWitnesses(file: string): Promise<readonly WitnessService[]> {
  try {
    return parseWitnessList(await readLimited(file, MAX_FILE_BYTES))
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw new UsageError(`${printable(file)} holds no list of witnesses`, error)
  }
}

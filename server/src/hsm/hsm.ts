/**
 * The keys of an HSM as the server uses them. One process holds the module (`hsm-process.ts`) and is given one order at a time; others
 * wait, at most so many. What takes too long ends that process and refuses all that wait; the next order begins anew with a new one, after
 * a pause. A refused PIN is never tried again, for tokens count how often: that needs the server to be started anew.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { fault } from '@onetrip/codec'
import type { Log } from '../log.ts'
import type { HsmAnswer, HsmFault, HsmKey, HsmOrder, HsmPlace } from './hsm-messages.ts'

/** How long and how many; tests have less. */
export interface HsmLimits {
  /** For one order, opening the token included. */
  readonly orderMilliseconds: number
  /** From a fault of the device on nothing is tried for so long. */
  readonly pauseMilliseconds: number
  readonly maxWaiting: number
  /** What was found out is believed for so long: whoever asks more often than that costs the HSM nothing. */
  readonly knownMilliseconds: number
}

/** What happened since the start. */
export interface HsmCounts {
  readonly isUp: boolean
  readonly waiting: number
  readonly signatures: number
  /** Orders that were not carried out. */
  readonly faults: number
  /** Spent in signing, waiting included. */
  readonly seconds: number
}

/** An HSM. What it refuses is `key/unavailable`. */
export interface Hsm {
  /** The signature as the module gives it. */
  readonly sign: (wanted: {
    readonly id: string
    readonly algorithm: HsmKey['algorithm']
    readonly data: Uint8Array
  }) => Promise<Uint8Array>
  /** All keys, or those of one label. */
  readonly listKeys: (label?: string) => Promise<readonly HsmKey[]>
  readonly generate: (wanted: Pick<HsmKey, 'label' | 'id' | 'algorithm'>) => Promise<HsmKey>
  readonly destroy: (id: string) => Promise<void>
  /** Whether it answers. */
  readonly isUp: () => Promise<boolean>
  readonly counts: () => HsmCounts
  /** Ends its process; what waits is refused. */
  readonly close: () => void
}

interface Work {
  readonly order: HsmOrder
  readonly resolve: (answer: Exclude<HsmAnswer, HsmFault>) => void
  readonly reject: (error: unknown) => void
}

const LIMITS: HsmLimits = {
  orderMilliseconds: 10_000,
  pauseMilliseconds: 1_000,
  maxWaiting: 256,
  knownMilliseconds: 5_000,
}
const MODULE = fileURLToPath(new URL('./hsm-process.ts', import.meta.url))

/** Makes one; nothing is started before it is used first. */
export function openHsm(
  { module, tokenLabel, pin }: HsmPlace,
  log: Log,
  limits: HsmLimits = LIMITS,
): Hsm {
  const place = { module, tokenLabel, pin }
  const waiting: Work[] = []
  const counted = { isUp: true, signatures: 0, faults: 0, seconds: 0 }
  let child: ChildProcess | undefined
  let current: Work | undefined
  let timer: NodeJS.Timeout | undefined
  let pausedUntil = 0
  let knownAt = Number.NEGATIVE_INFINITY
  let isPinRefused = false
  let checking: Promise<boolean> | undefined
  let isClosed = false

  const note = (isUp: boolean, why?: HsmFault): void => {
    if (counted.isUp !== isUp) {
      if (isUp) log('hsm/available')
      else log('hsm/unavailable', why && { fault: why.fault, code: why.code })
    }
    counted.isUp = isUp
    knownAt = performance.now()
  }
  const refuse = (works: readonly Work[]): void => {
    counted.faults += works.length
    for (const { reject } of works) reject(fault('key/unavailable'))
  }
  const leave = (): void => {
    clearTimeout(timer)
    child?.removeAllListeners()
    child?.on('error', () => {})
  }
  const giveUp = (why: HsmFault): void => {
    leave()
    child?.kill('SIGKILL')
    child = undefined
    pausedUntil = performance.now() + limits.pauseMilliseconds
    if (why.fault === 'pin') isPinRefused = true
    note(false, why)
    const left = current === undefined ? waiting.splice(0) : [current, ...waiting.splice(0)]
    current = undefined
    refuse(left)
  }
  const settle = (answer: HsmAnswer): void => {
    const work = current
    if (work === undefined) return
    if ('fault' in answer && answer.fault !== 'key') {
      giveUp(answer)
      return
    }
    current = undefined
    if ('fault' in answer) refuse([work])
    else {
      note(true)
      work.resolve(answer)
    }
    next()
  }
  const give = (to: ChildProcess, order: HsmOrder, then: (answer: HsmAnswer) => void): void => {
    timer = setTimeout(() => giveUp({ fault: 'device', code: 0 }), limits.orderMilliseconds)
    to.once('message', (answer: HsmAnswer) => {
      clearTimeout(timer)
      then(answer)
    })
    to.send(order, () => {})
  }
  const next = (): void => {
    if (current !== undefined || isClosed) return
    current = waiting.shift()
    if (current === undefined) return
    const { order } = current
    if (child !== undefined) {
      give(child, order, settle)
      return
    }
    const started = startProcess(() => giveUp({ fault: 'device', code: 0 }))
    child = started
    give(started, { act: 'open', place }, (opened) => {
      if ('fault' in opened) giveUp({ ...opened, fault: opened.fault === 'pin' ? 'pin' : 'device' })
      else give(started, order, settle)
    })
  }
  const ask = (order: HsmOrder): Promise<Exclude<HsmAnswer, HsmFault>> =>
    new Promise((resolve, reject) => {
      const work = { order, resolve, reject }
      const isPaused = performance.now() < pausedUntil
      if (isClosed || isPinRefused || isPaused || waiting.length >= limits.maxWaiting) {
        return refuse([work])
      }
      waiting.push(work)
      next()
    })
  const askForKeys = async (order: HsmOrder): Promise<readonly HsmKey[]> => {
    const answer = await ask(order)
    if (!('keys' in answer)) throw new TypeError('hsm: an answer to something else')
    return answer.keys
  }
  return {
    sign: async (wanted) => {
      const start = performance.now()
      const answer = await ask({ act: 'sign', ...wanted })
      if (!('signature' in answer)) throw new TypeError('hsm: an answer to something else')
      counted.signatures += 1
      counted.seconds += (performance.now() - start) / 1000
      return answer.signature
    },
    listKeys: (label) => askForKeys({ act: 'list', ...(label === undefined ? {} : { label }) }),
    generate: async (wanted) => {
      const [made] = await askForKeys({ act: 'generate', ...wanted })
      if (made === undefined) throw fault('key/unavailable')
      return made
    },
    destroy: async (id) => {
      await ask({ act: 'destroy', id })
    },
    isUp: async () => {
      if (performance.now() - knownAt < limits.knownMilliseconds) return counted.isUp
      checking ??= ask({ act: 'check' })
        .then(
          () => true,
          () => false,
        )
        .finally(() => {
          checking = undefined
        })
      return checking
    },
    counts: () => ({ ...counted, waiting: waiting.length }),
    close: () => {
      isClosed = true
      leave()
      if (current !== undefined) child?.kill('SIGKILL')
      else if (child?.connected) child.disconnect()
      child = undefined
      refuse(current === undefined ? [] : [current, ...waiting.splice(0)])
      current = undefined
    },
  }
}

/** Nothing of ours goes into its environment, and nothing that a module prints comes out. */
function startProcess(ended: () => void): ChildProcess {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('ONETRIP_')),
  )
  const stdio = ['ignore', 'ignore', 'ignore', 'ipc'] as const
  const child = fork(MODULE, [], {
    env,
    execArgv: [],
    serialization: 'advanced',
    stdio: [...stdio],
  })
  child.once('exit', ended)
  child.once('error', ended)
  // What waits has a time limit, which keeps this process; an idle one does not.
  child.unref()
  child.channel?.unref()
  return child
}

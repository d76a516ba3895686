/** Threads for hostile input: a few at once, some that wait, no more; one that answered stays on, one that failed does not. */
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { MAX_THREADS, MAX_WAITING, runInThread } from './run-in-thread.ts'

/** Counts itself among those that run, until it is told that it may end. */
const MODULE = moduleOf(`
  const counts = new Int32Array(order)
  const running = Atomics.add(counts, 0, 1) + 1
  while (Atomics.load(counts, 1) === 0) Atomics.wait(counts, 1, 0, 1000)
  Atomics.sub(counts, 0, 1)
  parentPort.postMessage(running)
`)
const KEPT = moduleOf(`
  if (order === 'fail') throw new Error()
  parentPort.postMessage(threadId)
`)

function moduleOf(work: string): URL {
  const source = `
    import { parentPort, threadId } from 'node:worker_threads'
    parentPort.on('message', (order) => {${work}})
  `
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`)
}

async function threadOf(order: string, staysOn = true): Promise<unknown> {
  return (await runInThread(KEPT, order, { staysOn }))?.message
}

test('of many that come at once a few run, the others take their turns, and too many are refused', async () => {
  const shared = new SharedArrayBuffer(8)
  const counts = new Int32Array(shared)
  const all = Array.from({ length: MAX_THREADS + MAX_WAITING }, () => runInThread(MODULE, shared))
  await expect(runInThread(MODULE, shared)).rejects.toMatchObject({ code: 'http/rate-limited' })
  while (Atomics.load(counts, 0) < MAX_THREADS) await wait(10)
  Atomics.store(counts, 1, 1)
  Atomics.notify(counts, 1)
  const running = (await Promise.all(all)).map((answer) => Number(answer?.message))
  expect(running).toHaveLength(MAX_THREADS + MAX_WAITING)
  expect(Math.max(...running)).toBe(MAX_THREADS)
})

test('one that fails gives its place to the next', async () => {
  const failing = new URL('data:text/javascript,throw new Error()')
  const answers = await Promise.all(
    Array.from({ length: MAX_THREADS + 1 }, () => runInThread(failing, null)),
  )
  expect(answers.every((answer) => answer === undefined)).toBe(true)
  const shared = new SharedArrayBuffer(8)
  new Int32Array(shared)[1] = 1
  expect((await runInThread(MODULE, shared))?.message).toBe(1)
})

test('one that answered takes the next order, unless it was for one order only', async () => {
  const first = await threadOf('one')
  expect(await threadOf('two')).toBe(first)
  const [one, other] = await Promise.all([threadOf('three'), threadOf('four')])
  expect(one).toBe(first)
  expect(other).not.toBe(first)
  const last = await threadOf('five', false)
  expect(await threadOf('six', false)).not.toBe(last)
})

test('one that failed takes no other order', async () => {
  const first = await threadOf('one')
  expect(await threadOf('fail')).toBeUndefined()
  const next = await threadOf('two')
  expect(next).toEqual(expect.any(Number))
  expect(next).not.toBe(first)
})

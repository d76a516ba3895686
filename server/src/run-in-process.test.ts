/** Processes for hostile input: a few at once, some that wait, no more; one that answered stays on, one that failed does not. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { MAX_PROCESSES, MAX_WAITING, runInProcess } from './run-in-process.ts'
import { askProcess, startProcess } from './start-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'onetrip-processes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Counts itself among those that run, until it is told that it may end. */
const COUNTING = moduleOf(
  'counting',
  `
  const { running, go } = order
  writeFileSync(join(running, String(process.pid)), '')
  const count = readdirSync(running).length
  while (!existsSync(go)) await wait(5)
  rmSync(join(running, String(process.pid)))
  process.send({ message: count })
`,
)
const KEPT = moduleOf(
  'kept',
  `
  if (order === 'fail') process.exit(1)
  if (order === 'abort') process.abort()
  process.send({ message: order === 'bytes' ? Object.keys(process.env).length : process.pid })
`,
)
const FAILING = moduleOf('failing', 'throw new Error()')

function moduleOf(name: string, work: string): URL {
  const file = join(folder, `${name}.mjs`)
  writeFileSync(
    file,
    `
    import { once } from 'node:events'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
    import { join } from 'node:path'
    import { setTimeout as wait } from 'node:timers/promises'
    process.on('message', async ({ order }) => {${work}})
  `,
  )
  return pathToFileURL(file)
}

async function processOf(order: string, staysOn = true): Promise<unknown> {
  return (await runInProcess(KEPT, order, { staysOn }))?.message
}

test('of many that come at once a few run, the others take their turns, and too many are refused', async () => {
  const order = { running: mkdtempSync(join(folder, 'running-')), go: join(folder, 'go') }
  const all = Array.from({ length: MAX_PROCESSES + MAX_WAITING }, () =>
    runInProcess(COUNTING, order, { staysOn: true }),
  )
  await expect(runInProcess(COUNTING, order)).rejects.toMatchObject({ code: 'http/rate-limited' })
  while (readdirSync(order.running).length < MAX_PROCESSES) await wait(10)
  writeFileSync(order.go, '')
  const counts = (await Promise.all(all)).map((answer) => Number(answer?.message))
  expect(counts).toHaveLength(MAX_PROCESSES + MAX_WAITING)
  expect(Math.max(...counts)).toBe(MAX_PROCESSES)
  expect(existsSync(order.go)).toBe(true)
})

test('one that fails gives its place to the next', async () => {
  const answers = await Promise.all(
    Array.from({ length: MAX_PROCESSES + 1 }, () => runInProcess(FAILING, null)),
  )
  expect(answers.every((answer) => answer === undefined)).toBe(true)
  expect(await processOf('one')).toEqual(expect.any(Number))
})

test('one that answered takes the next order, unless it was for one order only', async () => {
  const first = await processOf('one')
  expect(await processOf('two')).toBe(first)
  const [one, other] = await Promise.all([processOf('three'), processOf('four')])
  expect(one).toBe(first)
  expect(other).not.toBe(first)
  const last = await processOf('five', false)
  expect(await processOf('six', false)).not.toBe(last)
})

test.each(['fail', 'abort'])(
  'one that ends (%s) takes no other order, and ends nobody else',
  async (end) => {
    const first = await processOf('one')
    expect(await processOf(end)).toBeUndefined()
    const next = await processOf('two')
    expect(next).toEqual(expect.any(Number))
    expect(next).not.toBe(first)
  },
)

test('it has nothing of the environment of who asks', async () => {
  const cached = process.env['NODE_COMPILE_CACHE'] === undefined ? 0 : 1
  expect(await processOf('bytes')).toBe(cached)
})

test('one that is busy ends with a server that is killed', async () => {
  const [busy, beat] = [join(folder, 'busy.mjs'), join(folder, 'beat')]
  const at = (file: string): string => new URL(file, import.meta.url).href
  writeFileSync(
    busy,
    `
    import { writeFileSync } from 'node:fs'
    import { answerOrders } from '${at('answer-orders.ts')}'
    answerOrders((beat) => {
      for (let count = 0; ; count += 1) writeFileSync(beat, String(count))
    })
  `,
  )
  const server = join(folder, 'server.mjs')
  writeFileSync(
    server,
    `
    import { askProcess, startProcess } from '${at('start-process.ts')}'
    await askProcess(startProcess(new URL('${pathToFileURL(busy).href}')), '${beat}')
  `,
  )
  const asking = spawn(process.execPath, [server], { stdio: 'ignore' })
  while (!existsSync(beat)) await wait(20)
  asking.kill('SIGKILL')
  await expect
    .poll(
      async () => {
        const before = statSync(beat).mtimeMs
        await wait(200)
        return statSync(beat).mtimeMs === before
      },
      { timeout: 20_000, interval: 100 },
    )
    .toBe(true)
})

test('a signal to all processes leaves an order to its end, and the process ends with who asked', async () => {
  const file = join(folder, 'answering.mjs')
  const answers = new URL('answer-orders.ts', import.meta.url).href
  writeFileSync(
    file,
    `
    import { setTimeout as wait } from 'node:timers/promises'
    import { answerOrders } from '${answers}'
    answerOrders(async (order) => {
      for (const signal of order) process.kill(process.pid, signal)
      await wait(50)
      return order.length
    })
  `,
  )
  const child = startProcess(pathToFileURL(file))
  const answer = await askProcess(child, ['SIGINT', 'SIGTERM'])
  expect(answer).toEqual({ message: 2 })
  child.disconnect()
  expect(await once(child, 'exit')).toEqual([0, null])
})

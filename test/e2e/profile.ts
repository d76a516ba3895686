/** A Chromium with a profile folder of its own, which a test may end like a power cut, copy and start again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { ensureChromium, shellOf } from '../chromium.ts'

const PORT_FILE = 'DevToolsActivePort'
const START_MILLISECONDS = 60_000

/** A running Chromium. */
export interface Profile {
  /** Its default context, which keeps everything in the folder. */
  readonly context: BrowserContext
  /** Ends every process of it at once (SIGKILL), if it did not end before; the folder stays as it is. */
  kill(): Promise<void>
}

/** Starts Chromium, its headless shell where that is installed, on a profile folder. */
export async function startProfile(folder: string): Promise<Profile> {
  rmSync(join(folder, PORT_FILE), { force: true })
  const child = spawn(
    shellOf(ensureChromium()),
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--no-zygote',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--lang=zh-CN',
      '--password-store=basic',
      '--remote-debugging-port=0',
      `--user-data-dir=${folder}`,
      'about:blank',
    ],
    { stdio: 'ignore', detached: true },
  )
  const browser = await connect(child, folder)
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('Chromium has no default context')
  return { context, kill: () => kill(child, browser) }
}

async function connect(child: ChildProcess, folder: string): Promise<Browser> {
  const path = join(folder, PORT_FILE)
  const started = performance.now()
  while (performance.now() - started < START_MILLISECONDS) {
    const [port, place] = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
    if (port && place) return chromium.connectOverCDP(`ws://127.0.0.1:${port}${place}`)
    if (child.exitCode !== null) break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('Chromium did not start')
}

/** Its own process group: the processes of its pages end with it. */
async function kill(child: ChildProcess, browser: Browser): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((done) => child.once('exit', done))
    process.kill(-child.pid, 'SIGKILL')
    await ended
  }
  await browser.close().catch(() => undefined)
}

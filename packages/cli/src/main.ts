#!/usr/bin/env node
/** The `onetrip` command: binds one run to the process, its streams and its signals. */
import process from 'node:process'
import { runCommandLine } from './command-line.ts'
import { printableLines } from './printable.ts'
import { NO_PROGRESS, type Progress, progressBar } from './progress.ts'
import { readStream } from './read-limited.ts'
import { readSecret } from './read-secret.ts'
import type { CommandContext } from './usage.ts'

/** What still runs so long after it was asked to end (a request gets ten seconds) ends as by a second signal. */
const STOP_MILLISECONDS = 20_000

const stop = new AbortController()
let running: Progress = NO_PROGRESS

// A reader that has seen enough (`onetrip … | head`) is no fault of anybody.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

process.exitCode = await runCommandLine({
  argv: process.argv.slice(2),
  contextFor: bindContext,
  print,
  printError: (line) => process.stderr.write(`${printableLines(line)}\n`),
})

function bindContext(run: {
  readonly args: readonly string[]
  readonly endsOnSignal: boolean
}): CommandContext {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (!run.endsOnSignal || stop.signal.aborted) return endBy(signal)
      stop.abort()
      setTimeout(() => endBy(signal), STOP_MILLISECONDS).unref()
    })
  }
  const isWatched = process.stderr.isTTY === true && !run.args.includes('--json')
  return {
    args: run.args,
    environment: process.env,
    now: () => Math.floor(Date.now() / 1000),
    print,
    readInput: (maxBytes) => readStream(process.stdin, maxBytes),
    readSecret: (prompt) => readSecret(prompt, { input: process.stdin, output: process.stderr }),
    progress: (label) => {
      if (!isWatched) return NO_PROGRESS
      running = progressBar({ label, terminal: process.stderr, now: () => performance.now() })
      return running
    },
    stopped: stop.signal,
  }
}

/** Takes the bar away and dies by the signal itself, so that a shell's loop ends as well. */
function endBy(signal: NodeJS.Signals): void {
  running.end()
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
}

function print(text: string): void {
  process.stdout.write(`${printableLines(text)}\n`)
}

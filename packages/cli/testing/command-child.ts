/** Runs the command lines that come on its input, each a JSON array on a line: a test of many starts one process. */
import process from 'node:process'
import { createInterface } from 'node:readline'
import { runCommandLine } from '../src/command-line.ts'
import { quietContext } from '../src/quiet-context.ts'

for await (const line of createInterface({ input: process.stdin })) {
  const argv: readonly string[] = JSON.parse(line)
  const lines: string[] = []
  const print = (text: string): void => {
    lines.push(text)
  }
  const now = (): number => Math.floor(Date.now() / 1000)
  const status = await runCommandLine({
    argv,
    contextFor: ({ args }) => quietContext({ args, now, print }),
    print,
    printError: print,
  })
  process.stdout.write(`${JSON.stringify({ status, stdout: lines.join('\n') })}\n`)
}

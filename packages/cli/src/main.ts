/** The `onetrip` command: finds the command module, runs it, turns its end into an exit code. */
import process from 'node:process'
import { type Command, EXIT, USAGE, UsageError } from './usage.ts'

/** Loaded when asked for, so that verifying does not load the server. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  verify: async () => (await import('./verify-command.ts')).runVerify,
  artefacts: async () => (await import('./artefacts-command.ts')).runArtefacts,
  demo: async () => (await import('./demo-command.ts')).runDemo,
  serve: async () => (await import('./serve-command.ts')).runServe,
  register: async () => (await import('./register-command.ts')).runRegister,
  'api-key': async () => (await import('./api-key-command.ts')).runApiKey,
}

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load === undefined) throw new UsageError('no such command')
  const command = await load()
  return command({
    args: args[0] === '--' ? args.slice(1) : args,
    environment: process.env,
    now: () => Math.floor(Date.now() / 1000),
    print: (line) => process.stdout.write(`${line}\n`),
  })
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  // The configuration is part of the command line; its class is the server's, which need not be loaded.
  const usage =
    error instanceof UsageError || (error instanceof Error && error.name === 'ConfigError')
  process.stderr.write(usage ? `onetrip: ${error.message}\n\n${USAGE}\n` : `onetrip: ${error}\n`)
  process.exitCode = usage ? EXIT.usage : EXIT.internal
}

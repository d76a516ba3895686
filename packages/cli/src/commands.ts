/** Every command: what it understands, and its module, loaded when asked for, so that verifying does not load the server. */
import type { CommandSpec } from './command-spec.ts'
import { apiKeySpec } from './specs/api-key.ts'
import { artefactsSpec } from './specs/artefacts.ts'
import { demoSpec } from './specs/demo.ts'
import { inspectSpec } from './specs/inspect.ts'
import { registerSpec } from './specs/register.ts'
import { serveSpec } from './specs/serve.ts'
import { statusShowSpec } from './specs/status-show.ts'
import { verifySpec } from './specs/verify.ts'
import type { Command } from './usage.ts'

/** A row of the table. */
export interface CommandEntry {
  readonly spec: CommandSpec
  readonly load: () => Promise<Command>
}

/** In the order that help shows them. */
export const COMMANDS: readonly CommandEntry[] = [
  { spec: verifySpec, load: async () => (await import('./verify-command.ts')).runVerify },
  { spec: inspectSpec, load: async () => (await import('./inspect-command.ts')).runInspect },
  {
    spec: statusShowSpec,
    load: async () => (await import('./status-show-command.ts')).runStatusShow,
  },
  { spec: artefactsSpec, load: async () => (await import('./artefacts-command.ts')).runArtefacts },
  { spec: demoSpec, load: async () => (await import('./demo-command.ts')).runDemo },
  { spec: serveSpec, load: async () => (await import('./serve-command.ts')).runServe },
  { spec: registerSpec, load: async () => (await import('./register-command.ts')).runRegister },
  { spec: apiKeySpec, load: async () => (await import('./api-key-command.ts')).runApiKey },
]

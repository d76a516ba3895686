/** For the crash tests: runs a second server process, which may kill itself at a named place. */
import { spawn } from 'node:child_process'
import type { Failpoint } from '../src/failpoint.ts'
import { childProgram } from './child-program.ts'

/** Runs `task` in `folder` with these variables; answers the child's signal or exit code. */
export function runCrashChild(options: {
  readonly folder: string
  readonly task: string
  readonly failpoint?: Failpoint | undefined
  readonly environment: Readonly<Record<string, string>>
}): Promise<string> {
  const { folder, task, failpoint, environment } = options
  const child = spawn(process.execPath, [childProgram('crash-child'), folder, task], {
    env: {
      // What is exported where the tests run is not for it: another port would be another log.
      ...otherVariables(),
      ...environment,
      ...(failpoint === undefined ? {} : { ONETRIP_FAILPOINT: failpoint }),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(signal ?? String(code)))
  })
}

function otherVariables(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('ONETRIP_') || name.startsWith('ONETRIP_TEST_'),
  )
  return Object.fromEntries(others)
}

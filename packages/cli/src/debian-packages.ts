/** Installs what is needed from Debian, as root; without root, says which command to run. */
import { spawnSync } from 'node:child_process'

/** Installs packages; `missing` begins the complaint when this process may not. */
export function installPackages(packages: readonly string[], missing: string): void {
  const command = `apt-get install -y ${packages.join(' ')}`
  if (process.getuid?.() !== 0) throw new Error(`${missing} Run: sudo ${command}`)
  run('apt-get', ['update'])
  run('apt-get', ['install', '-y', ...packages])
}

function run(command: string, args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const result = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env })
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')} failed`)
}

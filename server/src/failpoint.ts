/** Named places where a test kills the process, as power loss would: promise O1. */
import type { Config } from './config.ts'

/** Where a crash test may stop the process. */
export type Failpoint =
  | 'case/before-commit'
  | 'case/after-commit'
  | 'issue/before-commit'
  | 'issue/after-commit'
  | 'sign/before-reserve-commit'
  | 'sign/after-reserve'
  | 'sign/after-sign'
  | 'sign/before-commit'
  | 'sign/after-commit'
  | 'counter/after-reserve'
  | 'counter/after-sign'
  | 'seal/before-commit'
  | 'seal/after-commit'
  | 'seal/after-sign'
  | 'approval/before-commit'
  | 'batch/after-read'
  | 'batch/after-licences'
  | 'batch/before-commit'
  | 'batch/after-commit'
  | 'impression/after-reserve'
  | 'impression/after-keep'
  | 'impression/after-stamp'
  | 'impression/after-sign'
  | 'impression/before-commit'
  | 'impression/after-commit'
  | 'list/after-sign'
  | 'list/before-commit'
  | 'list/after-commit'
  | 'record/before-facts'
  | 'record/after-append'
  | 'record/before-integrate'
  | 'record/after-read-back'
  | 'record/after-hashes'
  | 'record/after-sign'
  | 'record/before-commit'
  | 'record/after-commit'
  | 'publish/after-sign'
  | 'publish/before-commit'
  | 'publish/after-commit'

/** Kills this process without any clean-up when `point` is the configured one; nothing otherwise. */
export function failpoint(config: Pick<Config, 'failpoint' | 'mode'>, point: Failpoint): void {
  if (config.mode === 'production' || config.failpoint !== point) return
  process.kill(process.pid, 'SIGKILL')
}

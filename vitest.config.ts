import { join } from 'node:path'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Every server, command and crashing child of a test would compile all its modules again, for a second each. */
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/compiled')

/** They load modules anew, change the time zone of their process, or teach a library that others use (cbor-x) tags of its own. */
const ALONE = [
  'packages/codec/src/platforms.test.ts',
  'test/vectors/verifier-vectors.test.ts',
  'test/peers/mdoc*.test.ts',
]

/** What depends on the database most. All of the server's tests run there by `pnpm test:postgres`; in `npm test` they would take longer than on SQLite once more. */
const ON_POSTGRES = [
  'server/src/{app,actors/api-keys,citizens/citizen,metrics/metrics,retention/retention}.test.ts',
  'server/src/storage/*.test.ts',
  'server/src/two-servers.test.ts',
  'server/src/backup/*.test.ts',
  'server/src/record/{record,audit,audit-rows,every-act,older-rows,read-entries,proof-routes}.test.ts',
  'server/src/licences/{crash,licence-life,print-paper}.test.ts',
  'server/src/cases/{restaurant-story,case-refusals}.test.ts',
  'server/src/batches/batches.test.ts',
  'server/src/registers/*.test.ts',
  'server/src/rates/keep-rates.test.ts',
  'server/src/staff/*.test.ts',
  'server/src/status-lists/*.test.ts',
  'server/src/seals/seal-life.test.ts',
  'server/src/openid4vci/{mdoc,batch,encryption,later,request-faults}.test.ts',
  'server/src/openid4vp/counter-asks.test.ts',
  'server/src/trust-data/{key-scopes,publish-repository,published,time-stampers}.test.ts',
]

/** Has one of its own. */
const CRASHED_POSTGRES = 'test/postgres-crash.test.ts'

const IS_WHOLE = process.env['ONETRIP_TEST_POSTGRES_WHOLE'] !== undefined

/** A machine that does other things besides takes three times as long. */
const SLOW_MACHINE = { testTimeout: 90_000, hookTimeout: 90_000 } as const

/** Short files that take longest: every screen, processes that are killed at each step, whole builds. */
const LONG =
  /\/test\/screens\/|crash\.test|-kill\.test|\/(?:artefacts-command|province-pack|stop-signals|kept-denials)\.test/

/** Without times from an earlier run files go by their length: these would come last, one after the other. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.test(moduleId)
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

const config: ViteUserConfig = defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          name: 'node',
          include: ['{packages,server,wallet,fixtures,test}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.browser.test.ts', ...ALONE, CRASHED_POSTGRES],
          // Loading the modules anew for each file took more than the tests themselves.
          isolate: false,
          maxWorkers: 2,
          ...SLOW_MACHINE,
        },
      },
      { test: { name: 'node-alone', include: ALONE, maxWorkers: 2, ...SLOW_MACHINE } },
      {
        test: {
          name: 'postgres',
          include: [...(IS_WHOLE ? ['server/src/**/*.test.ts'] : ON_POSTGRES), CRASHED_POSTGRES],
          exclude: ['**/node_modules/**', 'server/src/storage/make-folder.test.ts'],
          globalSetup: 'test/postgres-of-tests.ts',
          env: { ONETRIP_TEST_POSTGRES: 'started' },
          isolate: false,
          maxWorkers: 2,
          ...SLOW_MACHINE,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/{e2e,screens}/**/*.browser.test.ts'],
          globalSetup: 'test/e2e/demo-templates.ts',
          setupFiles: 'test/e2e/say-pages.ts',
          isolate: false,
          // They also wait, for codes that are renewed and pages that settle.
          maxWorkers: 3,
          testTimeout: 120_000,
          hookTimeout: 240_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
})

export default config

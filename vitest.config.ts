import { defineConfig, type ViteUserConfig } from 'vitest/config'

const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['{packages,server,wallet,fixtures,test}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.browser.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/{e2e,screens}/**/*.browser.test.ts'],
          // They mostly wait, for codes that are renewed and pages that settle.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
})

export default config

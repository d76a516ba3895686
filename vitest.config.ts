import { defineConfig, type ViteUserConfig } from 'vitest/config'

const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['{packages,server,wallet,fixtures,test}/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'test/e2e/**', '**/*.browser.test.ts'],
          testTimeout: 30_000,
        },
      },
    ],
  },
})

export default config

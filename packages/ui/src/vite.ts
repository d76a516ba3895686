/** How every face is built: Vite, no inline script, a list of files for the service worker that includes the scanner's wasm. */

import { fileURLToPath } from 'node:url'
import type { Plugin, UserConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

/** What differs between faces. */
export interface FaceBuild {
  /** `import.meta.url` of the face's vite.config.ts; index.html and src stand beside it. */
  readonly configUrl: string
  /** Name in the manifest. */
  readonly name: string
  /** At most 12 characters under an icon. */
  readonly shortName: string
  readonly description: string
  /** Port of `vite dev`. */
  readonly port: number
  /** What a long press on the icon offers; addresses within the face. */
  readonly shortcuts?: readonly { readonly name: string; readonly url: string }[]
}

/** The largest file of a build: zxing's reader wasm is 0.95 MB. */
const MAX_PRECACHED_BYTES = 4e6

/** Each file costs a service worker's look-up, so what the first load needs is one file. */
const FIRST_LOAD = { name: 'first', tags: ['$initial' as const], priority: 2 }
/** What several later screens share is one more. */
const SHARED_LATER = { name: 'shared', minShareCount: 2, priority: 1 }

/** How long plugins took is no fault of a build. */
const NO_TIMINGS = { bundlerTimings: false } as const

/**
 * The service worker is a build of its own inside that of its face: one file, asked for by the name that Rolldown has for it instead of one that it
 * warns of, and as quiet as the face's.
 */
const ONE_WORKER_FILE: Plugin = {
  name: 'one-worker-file',
  config(worker) {
    const options = worker.build?.rollupOptions
    const output = options?.output
    if (options === undefined || output === undefined || Array.isArray(output)) {
      throw new TypeError('vite: the service worker is built another way')
    }
    delete output.inlineDynamicImports
    output.codeSplitting = false
    options.checks = NO_TIMINGS
    worker.logLevel = 'warn'
  },
}

/** Makes the Vite configuration of a face; `VITE_ONETRIP_*` come from the environment. */
export function faceViteConfig(face: FaceBuild): UserConfig {
  return {
    root: fileURLToPath(new URL('.', face.configUrl)),
    base: '/',
    envPrefix: 'VITE_ONETRIP_',
    clearScreen: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    server: { port: face.port, strictPort: true },
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      target: 'es2022',
      // Nothing inline: the CSP allows neither data: scripts nor inline styles.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: {
        output: { codeSplitting: { groups: [FIRST_LOAD, SHARED_LATER] } },
        checks: NO_TIMINGS,
      },
    },
    worker: { format: 'es', rolldownOptions: { checks: NO_TIMINGS } },
    plugins: [
      VitePWA({
        strategies: 'injectManifest',
        srcDir: 'src',
        filename: 'sw.ts',
        injectRegister: false,
        registerType: 'prompt',
        includeManifestIcons: false,
        injectManifest: {
          globPatterns: ['**/*.{bcmap,js,css,html,svg,wasm,webmanifest}'],
          maximumFileSizeToCacheInBytes: MAX_PRECACHED_BYTES,
          buildPlugins: { vite: [ONE_WORKER_FILE] },
        },
        manifest: {
          id: '/',
          name: face.name,
          short_name: face.shortName,
          description: face.description,
          lang: 'zh-CN',
          start_url: '/',
          scope: '/',
          display: 'standalone',
          background_color: '#FAF9F6',
          theme_color: '#FAF9F6',
          shortcuts: [...(face.shortcuts ?? [])],
          icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
        },
      }),
    ],
  }
}

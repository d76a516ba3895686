/** The counter's build. `VITE_ONETRIP_*` come from the environment; `build.outDir` from the caller. */

import { faceViteConfig } from '@onetrip/ui/vite'
import { defineConfig, type UserConfig } from 'vite'

/** Makes the Vite configuration of the counter; pass `outDir` to build elsewhere than `dist`. */
export function counterViteConfig(options: { readonly outDir?: string } = {}): UserConfig {
  const config = faceViteConfig({
    configUrl: import.meta.url,
    name: '一次办 · 核验窗口',
    shortName: '核验窗口',
    description: '扫码核验电子证照，联网或离线均可',
    port: 8789,
  })
  if (options.outDir === undefined) return config
  return { ...config, build: { ...config.build, outDir: options.outDir } }
}

const config: UserConfig = defineConfig(counterViteConfig())

export default config

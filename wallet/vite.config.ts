/** How the wallet is built; the settings come from `VITE_ONETRIP_*`. */
import { faceViteConfig } from '@onetrip/ui/vite'
import { defineConfig, type UserConfig } from 'vite'

const config: UserConfig = defineConfig(
  faceViteConfig({
    configUrl: import.meta.url,
    name: '一次办 · 证照夹',
    shortName: '证照夹',
    description: '电子证照保存在手机里，没有网络也能出示',
    port: 8788,
    shortcuts: [{ name: '出示最常用的证照', url: '/#/quick' }],
  }),
)

export default config

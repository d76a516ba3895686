/** The texts of the settings. zh-CN is the source. */

import { defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  modes: '接受的出示方式',
  'mode-live': '现场出示的实时码',
  'mode-copy': '持证人出具的加注件',
  'mode-copy-hint': '注明用途、单位和期限；须核对身份证件',
  'mode-paper': '机关打印的纸质码',
  'mode-paper-hint': '须核对身份证件',
  results: '结果',
  continuous: '连续核验',
  'continuous-hint': '结果停留几秒后自动回到扫码；未通过（红色）的结果须先确认，才能扫下一个码。',
  'continuous-after': '停留时间',
  return: '结果显示多久后返回',
  'return-hint': '未通过（红色）的结果不会自动返回。',
  seconds: '{seconds} 秒',
  never: '不自动返回',
  sound: '提示音',
  vibration: '振动',
  'vibration-hint': '仅限能振动的设备',
  wedge: '扫码枪按键间隔',
  'wedge-hint': '扫码枪扫不出来，或只扫出一部分时，选长一些的。',
  milliseconds: '{milliseconds} 毫秒',
  about: '关于',
  'about-text':
    '核验全部在本机完成，不上传扫到的内容。“有效”表示签名真实，且截至所示时间未被吊销；不能代替核对本人。',
  environment: '环境',
} as const

/** A key of these texts. */
export type SettingsMessage = keyof typeof zh

const en: Record<SettingsMessage, string> = {
  modes: 'Accepted ways of showing',
  'mode-live': 'Live code from the wallet',
  'mode-copy': 'Copy made by the holder',
  'mode-copy-hint': 'states use, office and last day; ask for identity',
  'mode-paper': 'Paper code printed by an office',
  'mode-paper-hint': 'ask for identity',
  results: 'Results',
  continuous: 'Continuous checking',
  'continuous-hint':
    'A result stays for some seconds, then scanning goes on by itself. A red result has to be acknowledged before the next code is taken.',
  'continuous-after': 'A result stays for',
  return: 'Leave a result after',
  'return-hint': 'A red result stays until you leave it.',
  seconds: '{seconds} seconds',
  never: 'never',
  sound: 'Sound',
  vibration: 'Vibration',
  'vibration-hint': 'on devices that can vibrate',
  wedge: 'Pause between a hand scanner’s keys',
  'wedge-hint': 'Choose a longer one when scans do not arrive, or only in part.',
  milliseconds: '{milliseconds} ms',
  about: 'About',
  'about-text':
    'Everything is checked on this device; nothing that you scan is sent. “Valid” means that the signature is genuine and the licence was not revoked as of the time shown. It does not replace looking at the person.',
  environment: 'Environment',
}

/** These texts in both languages. */
export const settingsMessages: ReturnType<typeof defineMessages<SettingsMessage>> =
  defineMessages<SettingsMessage>(zh, en)

/** Gives one of these texts in the current language. */
export const ts: Translate<SettingsMessage> = translator(settingsMessages)

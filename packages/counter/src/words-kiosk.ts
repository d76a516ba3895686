/** The texts of kiosk mode. zh-CN is the source. */

import { defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  title: '自助模式',
  text: '供群众自己扫码的设备：全屏、屏幕常亮、没有导航；无人操作时回到扫码，并恢复现在的语言和字号。刷新页面后仍在自助模式。',
  limits:
    '它挡不住浏览器和系统自己的快捷键；无人看管的设备请同时使用系统的自助终端功能。忘记退出码时，只能在浏览器里清除本网站的数据。',
  code: '设定退出码',
  'code-hint': '4 至 12 位数字，本机只保存加盐散列。',
  'code-wrong': '退出码须为 4 至 12 位数字。',
  idle: '无人操作多久后复位',
  'idle-hint': '不通过（红色）的结果也会清除。',
  seconds: '{seconds} 秒',
  start: '进入自助模式',
  starting: '正在进入…',
  'not-kept': '浏览器不允许保存数据，不能进入自助模式。',
  exit: '退出自助模式',
  'exit-code': '退出码',
  wrong: '退出码不对。',
  wait: '退出码不对，请等 {seconds} 秒后再试。',
  checking: '正在核对…',
  cancel: '取消',
} as const

/** A key of these texts. */
export type KioskMessage = keyof typeof zh

const en: Record<KioskMessage, string> = {
  title: 'Kiosk mode',
  text: 'For a device at which people scan for themselves: full screen, screen kept on, no navigation; when nobody is there it goes back to scanning and to today’s language and text size. A reload does not end it.',
  limits:
    'It cannot hold back the shortcuts of the browser and the system; use the system’s own kiosk function too where nobody watches. A forgotten exit code leaves one way: clear this site’s data in the browser.',
  code: 'Set an exit code',
  'code-hint': '4 to 12 digits; only a salted hash is kept.',
  'code-wrong': 'An exit code has 4 to 12 digits.',
  idle: 'Reset when idle for',
  'idle-hint': 'A red result is cleared too.',
  seconds: '{seconds} seconds',
  start: 'Start kiosk mode',
  starting: 'Starting…',
  'not-kept': 'The browser does not let anything be kept, so kiosk mode cannot start.',
  exit: 'Leave kiosk mode',
  'exit-code': 'Exit code',
  wrong: 'That is not the exit code.',
  wait: 'That is not the exit code. Wait {seconds} seconds and try again.',
  checking: 'Checking…',
  cancel: 'Cancel',
}

/** These texts in both languages. */
export const kioskMessages: ReturnType<typeof defineMessages<KioskMessage>> =
  defineMessages<KioskMessage>(zh, en)

/** Gives one of these texts in the current language. */
export const tk: Translate<KioskMessage> = translator(kioskMessages)

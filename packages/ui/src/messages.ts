/** The texts of the shared components. zh-CN is the source; see language.ts. */

import { defineMessages, type Translate, translator } from './language.ts'

const zh = {
  'app.language': 'English',
  'app.languageLabel': 'Switch to English',
  'app.scale': '字号',
  'app.scale.100': '标准',
  'app.scale.125': '大字',
  'app.scale.150': '长辈版',
  'app.scale.200': '特大',
  'app.skip': '跳到正文',
  'app.demo': '演示 · 数据均为样例',
  'app.update': '有新版本',
  'app.updateNow': '点击更新',
  'dialog.close': '关闭',
  'field.required': '必填',
  'aloud.start': '朗读',
  'aloud.stop': '停止朗读',
  'rare.character': '生僻字 {code}',
  'ring.left': '剩余 {seconds} 秒',
  'ring.unit': '秒',
  'card.number': '编号',
  'card.holder': '持证人',
  'card.issuer': '发证机关',
  'card.validity': '有效期',
  'card.sample': '样例',
  'state.in-force': '有效',
  'state.expired': '已过期',
  'state.revoked': '已吊销',
  'state.suspended': '已暂停',
  'state.not-yet-valid': '未生效',
  'state.superseded': '已被替换',
  'state.unknown': '状态未知',
  'scanner.start': '打开摄像头',
  'scanner.stop': '关闭摄像头',
  'scanner.starting': '正在打开摄像头…',
  'scanner.video': '摄像头画面',
  'scanner.aim': '将二维码放入框内',
  'scanner.denied': '浏览器未允许使用摄像头。请在地址栏的权限设置中允许，或改用扫码枪、上传图片。',
  'scanner.none': '没有可用的摄像头。请使用扫码枪，或上传二维码图片。',
  'scanner.failed': '摄像头无法打开，可能正被其他程序占用。请关闭其他程序后重试。',
  'scanner.reader-failed': '扫码组件未能载入。请刷新页面；首次使用需要联网一次。',
  'scanner.too-small': '码太小：请靠近一些，让码占满方框。',
  'scanner.too-dark': '画面太暗：请开灯、调亮屏幕，或打开补光灯。',
  'scanner.unclear': '看到了码，但不清楚：请拿稳，避开反光。',
  'scanner.foreign': '这不是证照码：请持证人在证照夹里点“出示”。',
  'scanner.torch': '补光灯',
  'scanner.camera': '摄像头',
  'scanner.camera-number': '摄像头 {number}',
  'wedge.input-method': '扫码枪的输入被中文输入法截住了。请切换到英文输入后再扫一次。',
} as const

/** A key of the shared components' texts. */
export type UiMessage = keyof typeof zh

const en: Record<UiMessage, string> = {
  'app.language': '中文',
  'app.languageLabel': '切换到中文',
  'app.scale': 'Text size',
  'app.scale.100': 'Standard',
  'app.scale.125': 'Large',
  'app.scale.150': 'Larger',
  'app.scale.200': 'Largest',
  'app.skip': 'Skip to content',
  'app.demo': 'Demonstration · all data are samples',
  'app.update': 'A new version is ready',
  'app.updateNow': 'Update now',
  'dialog.close': 'Close',
  'field.required': 'required',
  'aloud.start': 'Read aloud',
  'aloud.stop': 'Stop reading',
  'rare.character': 'rare character {code}',
  'ring.left': '{seconds} seconds left',
  'ring.unit': 's',
  'card.number': 'Number',
  'card.holder': 'Holder',
  'card.issuer': 'Issuer',
  'card.validity': 'Validity',
  'card.sample': 'SAMPLE',
  'state.in-force': 'In force',
  'state.expired': 'Expired',
  'state.revoked': 'Revoked',
  'state.suspended': 'Suspended',
  'state.not-yet-valid': 'Not yet valid',
  'state.superseded': 'Replaced',
  'state.unknown': 'State unknown',
  'scanner.start': 'Turn the camera on',
  'scanner.stop': 'Turn the camera off',
  'scanner.starting': 'Starting the camera…',
  'scanner.video': 'Camera picture',
  'scanner.aim': 'Hold the code inside the frame',
  'scanner.denied':
    'The browser does not allow the camera. Allow it in the site settings, or use the hand scanner or a picture.',
  'scanner.none': 'No camera was found. Use the hand scanner, or a picture of the code.',
  'scanner.failed':
    'The camera could not be opened; another program may be using it. Close that program and try again.',
  'scanner.reader-failed':
    'The scanner could not be loaded. Reload the page; the first use needs the network once.',
  'scanner.too-small': 'The code is too small: come closer, until it fills the frame.',
  'scanner.too-dark': 'Too dark: turn on a lamp, turn the screen up, or use the light.',
  'scanner.unclear': 'There is a code, but not a clear one: hold still, away from reflections.',
  'scanner.foreign': 'This is no licence code: ask the holder to press “Show” in the wallet.',
  'scanner.torch': 'Light',
  'scanner.camera': 'Camera',
  'scanner.camera-number': 'Camera {number}',
  'wedge.input-method':
    'A Chinese input method swallowed the hand scanner’s keys. Switch to English input and scan again.',
}

/** The shared components' texts in both languages. */
export const uiMessages: ReturnType<typeof defineMessages<UiMessage>> = defineMessages<UiMessage>(
  zh,
  en,
)

/** Gives a text of the shared components in the current language. */
export const t: Translate<UiMessage> = translator(uiMessages)

/** The texts about offline packs. zh-CN is the source. */

import { defineMessages, type Translate, translator } from './language.ts'

const zh = {
  title: '离线数据包',
  text: '没有网络时，可以从别的窗口或 U 盘导入信任数据（*.otpack），也可以直接拖到页面上。来自谁都可以：数据由根密钥核验。',
  choose: '导入离线数据包',
  working: '正在核验并导入…',
  bytes: '{done} / {total}',
  cancel: '停止',
  done: '已导入第 {version} 版',
  'done-text': '签发于{moment}（{age}）。',
  cancelled: '已停止',
  'cancelled-text': '原有数据不变；再导入同一个包会接着做。',
  refused: '未能导入',
  kept: '原有数据不变，继续使用。',
  'why.not-a-pack': '这不是离线数据包。',
  'why.cut': '文件不完整，可能没有拷完。请重新拷贝。',
  'why.damaged': '包内有文件损坏或被改动。请换一个来源。',
  'why.large': '文件太大，不是本系统的离线数据包。',
  'why.base': '这是增量包，本机还没有它所依据的数据。请先导入完整的数据包。',
  'why.over': '数据包已过期。请导入更新的数据包；也请查看本机日期和时间是否正确。',
  'why.root': '数据包的根密钥不是本系统的，不可信。',
  'why.environment': '数据包属于另一个环境（如演示或测试）。',
  'why.older': '数据包比本机已有的数据旧。',
  'why.other': '包内数据有问题，未采用。',
  export: '导出离线数据包',
  'export-hint': '把本机的数据带给没有网络的窗口。',
  'export-failed': '本机数据不完整，请先更新，再导出。',
} as const

/** A key of these texts. */
export type PackMessage = keyof typeof zh

const en: Record<PackMessage, string> = {
  title: 'Offline pack',
  text: 'Without a network, trust data come from another counter or a stick (*.otpack); you can also drop the file on the page. It does not matter who brings it: the root key vouches for the data.',
  choose: 'Import an offline pack',
  working: 'Checking and importing…',
  bytes: '{done} of {total}',
  cancel: 'Stop',
  done: 'Version {version} is imported',
  'done-text': 'Signed at {moment} ({age}).',
  cancelled: 'Stopped',
  'cancelled-text': 'The data already here stay; importing the same pack again goes on from there.',
  refused: 'Not imported',
  kept: 'The data already here stay in use.',
  'why.not-a-pack': 'This is not an offline pack.',
  'why.cut': 'The file is not complete; perhaps copying broke off. Copy it again.',
  'why.damaged': 'A file in the pack is damaged or altered. Take it from another place.',
  'why.large': 'The file is too large to be an offline pack of this system.',
  'why.base':
    'This pack only adds to data that are not on this device. Import a whole pack before it.',
  'why.over':
    'The pack has expired. Import a newer one, and see whether this device’s date and time are right.',
  'why.root': 'The pack’s root key is not this system’s; it cannot be trusted.',
  'why.environment': 'The pack belongs to another environment, such as a demonstration.',
  'why.older': 'The pack is older than the data on this device.',
  'why.other': 'Something is wrong with the data in the pack; they were not used.',
  export: 'Export an offline pack',
  'export-hint': 'Take this device’s data to a counter without a network.',
  'export-failed': 'The data on this device are not complete. Refresh them, then export.',
}

/** These texts in both languages. */
export const packMessages: ReturnType<typeof defineMessages<PackMessage>> =
  defineMessages<PackMessage>(zh, en)

/** Gives one of these texts in the current language. */
export const tp: Translate<PackMessage> = translator(packMessages)

/** Why a pack was not imported, by its code. */
const WHY: Readonly<Record<string, PackMessage>> = {
  'pack/format': 'why.not-a-pack',
  'pack/truncated': 'why.cut',
  'pack/member': 'why.damaged',
  'pack/too-large': 'why.large',
  'pack/base-missing': 'why.base',
  'trust/expired-metadata': 'why.over',
  'trust/threshold': 'why.root',
  'trust/wrong-environment': 'why.environment',
  'trust/rollback': 'why.older',
  'trust/hash-mismatch': 'why.damaged',
  'trust/length-mismatch': 'why.damaged',
  'trust/file-missing': 'why.cut',
}

/** Says in words why a pack was not imported. */
export function packTroubleText(code: string): string {
  return tp(WHY[code] ?? 'why.other')
}

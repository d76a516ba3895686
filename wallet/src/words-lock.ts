/** The texts of the lock. zh-CN is the source. */
import { type Catalogue, defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  'lock.title': '证照夹已锁定',
  'lock.passcode': '口令',
  'lock.unlock': '解锁',
  'lock.unlocking': '正在解锁…',
  'lock.prf': '用指纹/面容解锁',
  'lock.prf.failed': '没有用指纹或面容解锁成功，请输入口令。',
  'lock.wrong': '口令不对。再输错 {left} 次就需要等待。',
  'lock.wrong.wait': '口令不对。',
  'lock.wait': '输错次数较多，请等待 {time} 后再试。证照不会因此被删除。',
  'lock.wait.over': '现在可以再试。',
  'lock.forgotten': '忘记口令',
  'lock.forgotten.text':
    '口令无法找回。可以清空证照夹，再向发证机关重新领取。证照本身仍然有效；出示记录和加注件会一并删除。',
  'lock.forgotten.erase': '清空证照夹',

  'time.seconds': '{seconds} 秒',
  'time.minutes': '{minutes} 分 {seconds} 秒',

  'passcode.show': '显示口令',
  'passcode.short': '至少 6 位。',
  'passcode.simple': '太容易被猜到，请换一个（不要用 111111、123456）。',
  'passcode.different': '两次输入的口令不一样。',

  'lock-settings.title': '口令与锁定',
  'lock-settings.back': '返回设置',
  'lock-settings.intro': '每次打开证照夹时输入口令。保存在本机的证照和出示记录由它加密。',
  'lock-settings.new': '新口令',
  'lock-settings.new.hint': '至少 6 位数字或文字。忘记后无法找回，只能重新领取证照。',
  'lock-settings.repeat': '再输入一次',
  'lock-settings.set': '设置口令',
  'lock-settings.working': '正在加密…',
  'lock-settings.done': '口令已设置，证照和记录已加密。',
  'lock-settings.now': '立即锁定',
  'lock-settings.after': '放到后台多久后锁定',
  'lock-settings.after.0': '立即',
  'lock-settings.after.60': '1 分钟',
  'lock-settings.after.300': '5 分钟',
  'lock-settings.after.900': '15 分钟',
  'lock-settings.unbound':
    '此浏览器不能保存本机密钥，口令单独起保护作用。请用较长的口令，不要只用 6 位数字。',
  'lock-settings.prf': '用指纹/面容解锁',
  'lock-settings.prf.text': '口令始终可用。指纹或面容数据不会离开这台设备的系统。',
  'lock-settings.prf.name': '证照夹解锁',
  'lock-settings.prf.failed': '没有启用：已取消，或这台设备不支持。',

  'act.change': '更改口令',
  'act.prf': '启用指纹/面容解锁',
  'act.prf.off': '停用指纹/面容解锁',
  'act.remove': '取消口令',
  'act.remove.text': '取消后，谁拿到这台设备都能打开您的证照。',
  'act.current': '现在的口令',
  'act.confirm': '确定',
  'act.done.change': '口令已更改。',
  'act.done.prf': '已启用指纹/面容解锁。',
  'act.done.prf-off': '已停用指纹/面容解锁。',
  'act.done.remove': '口令已取消。',
} as const

/** A key of the lock. */
export type LockMessage = keyof typeof zh

const en: Record<LockMessage, string> = {
  'lock.title': 'The wallet is locked',
  'lock.passcode': 'Passcode',
  'lock.unlock': 'Unlock',
  'lock.unlocking': 'Unlocking…',
  'lock.prf': 'Unlock by fingerprint or face',
  'lock.prf.failed': 'Fingerprint or face did not unlock it. Enter your passcode.',
  'lock.wrong': 'Wrong passcode. After {left} more wrong tries you have to wait.',
  'lock.wrong.wait': 'Wrong passcode.',
  'lock.wait': 'Several wrong tries: please wait {time}. Your licences are not deleted.',
  'lock.wait.over': 'You can try again.',
  'lock.forgotten': 'I forgot my passcode',
  'lock.forgotten.text':
    'A passcode cannot be recovered. You can empty the wallet and receive your licences again from the agency. The licences themselves stay valid; the history and the copies are deleted too.',
  'lock.forgotten.erase': 'Empty the wallet',

  'time.seconds': '{seconds} s',
  'time.minutes': '{minutes} min {seconds} s',

  'passcode.show': 'Show the passcode',
  'passcode.short': 'At least 6 characters.',
  'passcode.simple': 'Too easy to guess. Choose another (not 111111 or 123456).',
  'passcode.different': 'The two passcodes are not the same.',

  'lock-settings.title': 'Passcode and locking',
  'lock-settings.back': 'Back to settings',
  'lock-settings.intro':
    'You enter the passcode when you open the wallet. It encrypts the licences and the history on this device.',
  'lock-settings.new': 'New passcode',
  'lock-settings.new.hint':
    'At least 6 digits or letters. If you forget it, the licences must be received again.',
  'lock-settings.repeat': 'Once more',
  'lock-settings.set': 'Set the passcode',
  'lock-settings.working': 'Encrypting…',
  'lock-settings.done': 'The passcode is set; licences and history are encrypted.',
  'lock-settings.now': 'Lock now',
  'lock-settings.after': 'Lock when put aside for',
  'lock-settings.after.0': 'at once',
  'lock-settings.after.60': '1 minute',
  'lock-settings.after.300': '5 minutes',
  'lock-settings.after.900': '15 minutes',
  'lock-settings.unbound':
    'This browser cannot keep a key of the device, so the passcode protects alone. Use a long one, not six digits.',
  'lock-settings.prf': 'Unlock by fingerprint or face',
  'lock-settings.prf.text':
    'The passcode always works. Your fingerprint or face never leaves this device’s system.',
  'lock-settings.prf.name': 'Wallet unlock',
  'lock-settings.prf.failed': 'Not turned on: cancelled, or this device does not support it.',

  'act.change': 'Change the passcode',
  'act.prf': 'Turn on fingerprint or face',
  'act.prf.off': 'Turn off fingerprint or face',
  'act.remove': 'Remove the passcode',
  'act.remove.text': 'Without it, whoever holds this device can open your licences.',
  'act.current': 'Present passcode',
  'act.confirm': 'OK',
  'act.done.change': 'The passcode is changed.',
  'act.done.prf': 'Unlocking by fingerprint or face is on.',
  'act.done.prf-off': 'Unlocking by fingerprint or face is off.',
  'act.done.remove': 'The passcode is removed.',
}

const catalogue: Catalogue<LockMessage> = defineMessages<LockMessage>(zh, en)

/** Gives a text of the lock in the current language. */
export const wk: Translate<LockMessage> = translator(catalogue)

/** A wait in words. */
export function waitWords(waitSeconds: number): string {
  const minutes = Math.floor(waitSeconds / 60)
  const seconds = waitSeconds % 60
  return minutes === 0 ? wk('time.seconds', { seconds }) : wk('time.minutes', { minutes, seconds })
}

/** What to say to a passcode that was not right. */
export function triedWords(tried: {
  readonly outcome: 'wrong' | 'wait'
  readonly left?: number
}): string {
  return tried.outcome === 'wrong' && tried.left !== undefined && tried.left > 0
    ? wk('lock.wrong', { left: tried.left })
    : wk('lock.wrong.wait')
}

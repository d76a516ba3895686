/** What is said when licences are gone or cannot be opened, and of erasing. zh-CN is the source. */
import { type Catalogue, defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  'lost.title': '证照需要重新领取',
  'lost.text':
    '这台设备上有过 {count} 张证照，保存的数据已不在：可能被浏览器清除，或因忘记口令而清空。证照本身仍然有效，请向发证机关索取新的领取码。',
  'unreadable.title': '证照需要恢复',
  'unreadable.text':
    '有 {count} 条证照记录打不开：记录已损坏，或者锁的记录丢失了。它们还留在原处，没有删除。证照本身仍然有效：请向发证机关索取新的领取码，重新领取。',
  'missing.title': '有 {count} 张证照不见了',
  'missing.text': '浏览器丢失了一部分数据。证照本身仍然有效，请向发证机关索取新的领取码。',
  'entries.title': '有 {count} 条出示记录打不开',
  'entries.text': '它们可能已损坏，还留在原处，不影响证照。',
  'recover.receive': '重新领取',
  'recover.dismiss': '知道了，不再提示',

  'closed.title': '证照夹已在另一个窗口更新',
  'closed.text': '请关闭本窗口，在新打开的窗口继续使用。',
  'newer.title': '证照夹需要更新',
  'newer.text':
    '本机的证照由更新版本的证照夹保存，这个版本打不开。证照没有丢失。请联网后重新载入。',
  'newer.action': '重新载入',
  'damaged.title': '证照需要恢复',
  'damaged.text':
    '保存证照的数据打不开，可能已损坏。请先关闭其他窗口再试一次。仍打不开，就清空证照夹，再重新领取：证照本身仍然有效，请向发证机关索取新的领取码。',
  'damaged.action': '再试一次',
  'no-storage.title': '无法打开本机存储',
  'no-storage.text': '浏览器不允许保存数据（例如无痕窗口）。请用普通窗口打开。',

  'drop.button': '删除打不开的记录',
  'drop.title': '删除打不开的记录？',
  'drop.text':
    '删除后不能恢复。打得开的不受影响。如果记录是由更新版本的证照夹保存的，更新后还能打开，请先不要删除。',
  'drop.confirm': '删除',

  'erase.heading': '清空',
  'erase.intro': '删除这台设备上的全部证照、密钥、加注件和出示记录，例如换手机或转让设备之前。',
  'erase.button': '清空证照夹',
  'erase.title': '清空证照夹？',
  'erase.text':
    '这台设备上的全部证照、密钥、加注件和出示记录都会删除，不能恢复，口令也一并取消。证照本身仍然有效；再次使用需要向发证机关重新领取。',
  'erase.confirm': '全部删除',
  'erase.failed': '也可以在浏览器设置里清除本网站的数据。',
} as const

/** A key of these texts. */
export type RecoverMessage = keyof typeof zh

const en: Record<RecoverMessage, string> = {
  'lost.title': 'Your licences must be received again',
  'lost.text':
    'This device held licences ({count}); what was stored is gone: the browser cleared it, or it was erased over a forgotten passcode. The licences themselves are still valid: ask the agency for a new code.',
  'unreadable.title': 'Your licences must be recovered',
  'unreadable.text':
    'Licence records that cannot be opened: {count}. They are damaged, or the record of the lock is lost. They are left where they are. The licences themselves are still valid: ask the agency for a new code and receive them again.',
  'missing.title': 'Licences that are gone: {count}',
  'missing.text':
    'The browser lost a part of the data. The licences themselves are still valid: ask the agency for a new code.',
  'entries.title': 'Records of the history that cannot be opened: {count}',
  'entries.text':
    'They may be damaged and are left where they are. Your licences are not concerned.',
  'recover.receive': 'Receive again',
  'recover.dismiss': 'Do not show again',

  'closed.title': 'The wallet was updated in another window',
  'closed.text': 'Close this window and go on in the new one.',
  'newer.title': 'The wallet must be updated',
  'newer.text':
    'A newer version of the wallet stored your licences, and this version cannot open them. They are not lost. Go online and load the page again.',
  'newer.action': 'Load again',
  'damaged.title': 'Your licences must be recovered',
  'damaged.text':
    'What is stored cannot be opened and may be damaged. Close other windows and try again. If it still does not open, erase the wallet and receive again: the licences themselves are still valid, ask the agency for a new code.',
  'damaged.action': 'Try again',
  'no-storage.title': 'This browser does not let us store anything',
  'no-storage.text': 'It may be a private window. Open the wallet in a normal one.',

  'drop.button': 'Delete what cannot be opened',
  'drop.title': 'Delete the records that cannot be opened?',
  'drop.text':
    'They cannot be brought back. What can be opened is left alone. If a newer version of the wallet stored them, they open again once it is updated: then do not delete them.',
  'drop.confirm': 'Delete',

  'erase.heading': 'Erase',
  'erase.intro':
    'Deletes all licences, keys, copies and the history from this device, for example before you pass it on.',
  'erase.button': 'Erase the wallet',
  'erase.title': 'Erase the wallet?',
  'erase.text':
    'All licences, keys, copies and the history are deleted from this device and cannot be brought back; the passcode goes with them. The licences themselves stay valid; to use them again you need a new code from the agency.',
  'erase.confirm': 'Delete everything',
  'erase.failed': 'You can also clear this site’s data in the browser’s settings.',
}

const catalogue: Catalogue<RecoverMessage> = defineMessages<RecoverMessage>(zh, en)

/** Gives one of these texts in the current language. */
export const wr: Translate<RecoverMessage> = translator(catalogue)

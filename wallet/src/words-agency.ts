/** The texts of what somebody does with their licences at the agency: a new phone, a lost phone. zh-CN is the source. */
import { type Catalogue, defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  'agency.title': '我在发证机关的证照',
  'agency.link': '换手机、丢手机：登录发证机关',
  'agency.settings': '换手机、丢手机',
  'agency.settings.text': '登录后，可以把证照换到这台手机，或者让丢失的手机上的证照全部失效。',
  'agency.intro':
    '用实名账号登录后，可以把证照换到这台手机，也可以在手机丢失时让所有手机上的证照失效。登录在身份认证服务的页面上进行，证照夹不会看到您的密码。',
  'agency.sign-in': '登录',
  'agency.signing-in': '正在登录…',
  'agency.refused': '没有登录',
  'agency.back': '设置',
  'agency.loading': '正在读取…',
  'agency.failed': '没有完成',
  'agency.retry': '再试一次',
  'agency.none': '您的账号名下没有证照。如果应当有，请联系发证机关。',
  'agency.here': '在这台设备上',
  'agency.elsewhere': '在其他设备上',
  'agency.nowhere': '还没有领到任何设备',
  'agency.ended': '证照有效；这台设备上的已收回，可以重新领取',
  'agency.suspended': '已暂停',
  'agency.revoked': '已失效，不能再领取',
  'agency.annulled': '已被撤销，不能再领取',
  'agency.penalty': '已被吊销，不能再领取',
  'agency.deregistered': '已注销，不能再领取',
  'agency.replaced': '已被新版替换，请领取新的一张',
  'agency.transferred': '已转让给他人，不能再领取',
  'agency.move': '换到这台手机',
  'agency.receive': '领到这台手机',
  'agency.again': '重新领取',
  'agency.move.label': '{action}：{name}',
  'agency.move.title': '把“{name}”换到这台手机？',
  'agency.move.text': '领到这台手机的同时，其他手机上的这张证照失效。纸质证照不受影响。',
  'agency.moved': '“{name}”已在这台手机上，其他手机上的已经失效。',
  'agency.lost.title': '我的手机丢了',
  'agency.lost.text':
    '让所有手机上的全部证照失效，包括这台；您的证照资格不变，之后可以逐张重新领到这台手机。其他设备上的登录也会退出。',
  'agency.lost.button': '全部失效',
  'agency.lost.ask': '让所有手机上的证照失效？',
  'agency.lost.confirm': '全部失效',
  'agency.lost.done': '{count} 张证照在所有手机上已失效。请在上面逐张重新领取。',
  'agency.lost.none': '没有手机上还有有效的证照。',
  'agency.out': '退出登录',
  'agency.out.everywhere': '在所有设备上退出登录',
} as const

/** A key of these texts. */
export type AgencyMessage = keyof typeof zh

const en: Record<AgencyMessage, string> = {
  'agency.title': 'My licences at the agency',
  'agency.link': 'New or lost phone: sign in with the agency',
  'agency.settings': 'New phone, lost phone',
  'agency.settings.text':
    'When you are signed in you can move your licences to this phone, or make all that is on a lost one count for nothing.',
  'agency.intro':
    'Sign in with your real-name account to move licences to this phone, or to make those on a lost phone count for nothing. You sign in on the page of the identity service; the wallet never sees your password.',
  'agency.sign-in': 'Sign in',
  'agency.signing-in': 'Signing in…',
  'agency.refused': 'You are not signed in',
  'agency.back': 'Settings',
  'agency.loading': 'Reading…',
  'agency.failed': 'That was not done',
  'agency.retry': 'Try again',
  'agency.none':
    'There is no licence in your name. If there should be one, please contact the agency.',
  'agency.here': 'On this device',
  'agency.elsewhere': 'On another device',
  'agency.nowhere': 'On no device yet',
  'agency.ended': 'In force; withdrawn from this device, and can be received again',
  'agency.suspended': 'Suspended',
  'agency.revoked': 'Revoked; it cannot be received',
  'agency.annulled': 'Annulled; it cannot be received',
  'agency.penalty': 'Taken away as a penalty; it cannot be received',
  'agency.deregistered': 'Deregistered; it cannot be received',
  'agency.replaced': 'Replaced; receive its next version',
  'agency.transferred': 'Transferred to another holder; it cannot be received',
  'agency.move': 'Move to this phone',
  'agency.receive': 'Receive onto this phone',
  'agency.again': 'Receive again',
  'agency.move.label': '{action}: {name}',
  'agency.move.title': 'Move “{name}” to this phone?',
  'agency.move.text':
    'As it arrives here, this licence on any other phone counts for nothing. Paper is not affected.',
  'agency.moved': '“{name}” is on this phone; on any other it counts for nothing.',
  'agency.lost.title': 'My phone is lost',
  'agency.lost.text':
    'All licences on all phones, this one too, count for nothing from then on. Your licences themselves stay as they are, and you can receive each again onto this phone. Other devices are signed out.',
  'agency.lost.button': 'Make all copies void',
  'agency.lost.ask': 'Make the licences on all phones void?',
  'agency.lost.confirm': 'Make void',
  'agency.lost.done':
    '{count} licences count for nothing on every phone. Receive them again above, one by one.',
  'agency.lost.none': 'There was no licence on any phone that still counted.',
  'agency.out': 'Sign out',
  'agency.out.everywhere': 'Sign out on all devices',
}

const catalogue: Catalogue<AgencyMessage> = defineMessages<AgencyMessage>(zh, en)

/** Gives one of these texts in the current language. */
export const wg: Translate<AgencyMessage> = translator(catalogue)

/** The texts of the first screen. zh-CN is the source; English is complete by its type. */
import { type Catalogue, defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  'app.name': '一次办 · 证照夹',

  'place.home': '我的证照',
  'place.add': '扫一扫',
  'place.history': '记录',
  'place.settings': '设置',
  'place.help': '帮助',

  'home.title': '我的证照',
  'home.empty.title': '还没有证照',
  'home.empty.text': '发证机关会给您一个二维码或链接。用它领取第一张证照，之后没有网络也能出示。',
  'home.empty.action': '领取证照',
  'home.card.open': '{name} 详情',
  'home.card.details': '详情',
  'home.card.show': '出示',
  'home.card.showLabel': '出示 {name}',
  'home.card.discloses': '出示时对方会看到：{claims}',
  'home.card.always': '编号、有效期、发证机关',
  'home.card.join': '、',
  'home.card.unbound': '从备份恢复，重新领取后才能出示',
  'home.cases': '在家办事：申请、补正、查进度',
  'home.holder': '{holder} 的证照',
  'home.restore': '从备份恢复',

  'lock-offer.title': '给证照夹设一个口令？',
  'lock-offer.text': '设了口令，别人拿到这台设备也打不开您的证照。',
  'lock-offer.set': '设置口令',
  'lock-offer.later': '以后再说',
  'lock-offer.decline': '不设口令',

  'damaged.title': '这张证照的记录已损坏',
  'damaged.text': '无法读取，也不能出示。证照本身仍然有效，请向发证机关重新领取。',
  'trust.none.title': '还没有核验数据',
  'trust.none.text': '第一次使用需要联网一次，取得发证机关名单和状态数据。',
  'trust.fresh': '核验数据更新于 {age}',
  'trust.stale': '核验数据更新于 {age}，已偏旧；联网后会自动更新',
  'trust.refresh': '立即更新',
  'trust.refreshing': '正在更新…',
  'trust.failed': '最近一次更新没有全部成功，继续使用已有的数据',

  'status.in-force': '截至 {moment}：有效，未被吊销或暂停',
  'status.stale': '状态最后核对于 {moment}，之后未再核对',
  'status.checking': '正在核对状态…',
  'status.unchecked': '状态尚未核对，联网后会自动核对',
  'status.revoked': '截至 {moment}：已失效（被吊销、注销、替换，或已换到别的手机）',
  'status.annulled': '截至 {moment}：已被撤销',
  'status.penalty': '截至 {moment}：已被吊销',
  'status.deregistered': '截至 {moment}：已注销',
  'status.replaced': '已被新版替换，请出示新的一张',
  'status.transferred': '截至 {moment}：已转让给他人',
  'status.suspended': '截至 {moment}：已被暂停',
  'status.expired': '证照已于 {day} 到期',
  'status.credential-expired': '电子凭证已于 {day} 到期，请重新领取',
  'status.not-yet-valid': '自 {day} 起生效',
  'status.problem': '暂不能确认，详情请联网更新后查看',
  'status.clock': '本机时间早于已签名的数据，请校正设备时间',
  'status.clock-ahead': '本机时间可能快了，暂不能确认是否到期，请校正设备时间',
} as const

/** A key of the first screen. */
export type HomeMessage = keyof typeof zh

const en: Record<HomeMessage, string> = {
  'app.name': 'OneTrip wallet',

  'place.home': 'My licences',
  'place.add': 'Scan',
  'place.history': 'History',
  'place.settings': 'Settings',
  'place.help': 'Help',

  'home.title': 'My licences',
  'home.empty.title': 'No licences yet',
  'home.empty.text':
    'The agency gives you a code or a link. Receive your first licence with it; from then on you can show it without a network.',
  'home.empty.action': 'Receive a licence',
  'home.card.open': 'Details of {name}',
  'home.card.details': 'Details',
  'home.card.show': 'Show',
  'home.card.showLabel': 'Show {name}',
  'home.card.discloses': 'Showing it discloses: {claims}',
  'home.card.always': 'number, validity, issuer',
  'home.card.join': ', ',
  'home.card.unbound': 'Restored from a backup; receive it again to show it',
  'home.cases': 'From home: apply, correct, follow',
  'home.holder': 'Licences of {holder}',
  'home.restore': 'Restore a backup',

  'lock-offer.title': 'Set a passcode for your wallet?',
  'lock-offer.text': 'With a passcode, nobody else who holds this device can open your licences.',
  'lock-offer.set': 'Set a passcode',
  'lock-offer.later': 'Later',
  'lock-offer.decline': 'Go without',

  'damaged.title': 'The record of this licence is damaged',
  'damaged.text':
    'It cannot be read or shown. The licence itself stays valid: receive it again from the agency.',
  'trust.none.title': 'No data to check with yet',
  'trust.none.text':
    'The first use needs the network once, to fetch the list of agencies and the state of licences.',
  'trust.fresh': 'Checking data updated {age}',
  'trust.stale': 'Checking data updated {age}; getting old. It updates by itself when online',
  'trust.refresh': 'Update now',
  'trust.refreshing': 'Updating…',
  'trust.failed': 'The last update did not fully succeed; what is stored stays in use',

  'status.in-force': 'As of {moment}: in force, not revoked or suspended',
  'status.stale': 'State last checked at {moment}, not since',
  'status.checking': 'Checking the state…',
  'status.unchecked': 'State not checked yet; it is checked when online',
  'status.revoked': 'As of {moment}: void (revoked, replaced, or moved to another phone)',
  'status.annulled': 'As of {moment}: annulled',
  'status.penalty': 'As of {moment}: taken away as a penalty',
  'status.deregistered': 'As of {moment}: deregistered',
  'status.replaced': 'Replaced by its next version; show that one',
  'status.transferred': 'As of {moment}: transferred to another holder',
  'status.suspended': 'As of {moment}: suspended',
  'status.expired': 'The licence ended on {day}',
  'status.credential-expired': 'The electronic credential ended on {day}; receive it again',
  'status.not-yet-valid': 'In force from {day}',
  'status.problem': 'Cannot be confirmed; update when you are online',
  'status.clock': 'This device’s clock is behind signed data; please set it right',
  'status.clock-ahead':
    'This device’s clock may be fast, so it cannot be said whether this has ended; please set it right',
}

const catalogue: Catalogue<HomeMessage> = defineMessages<HomeMessage>(zh, en)

/** Gives a text of the first screen in the current language. */
export const w: Translate<HomeMessage> = translator(catalogue)

/** The texts of the reminders: what happened, and the next step. zh-CN is the source. */
import { type Catalogue, defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  'reminders.title': '提醒',
  'reminder.dismiss': '知道了',
  'reminder.dismissLabel': '知道了：{name}',
  'reminder.revoked.title': '{holder} 的{name}在这台手机上已失效',
  'reminder.revoked.text':
    '它被吊销、注销、替换了，或者已换到别的手机、报了丢失。在设置里登录“我在发证机关的证照”，可以看到是哪一种。',
  'reminder.replaced.title': '{holder} 的{name}已被新版替换',
  'reminder.replaced.text':
    '旧的一张不再有效。新版若还不在这台手机上，请在设置里登录“我在发证机关的证照”领取。',
  'reminder.suspended.title': '{holder} 的{name}已被暂停',
  'reminder.suspended.text': '恢复之前不能使用。请向发证机关了解原因。',
  'reminder.lifted.title': '{holder} 的{name}已恢复有效',
  'reminder.lifted.text': '可以照常出示，您不用做什么。',
  'reminder.ended.title': '{holder} 的{name}已于 {day} 到期',
  'reminder.ended.text': '请向发证机关申请换发。',
  'reminder.ending.title': '{holder} 的{name}将于 {day} 到期',
  'reminder.ending.text': '请提前向发证机关申请延续。到期之前可以照常出示。',
  'reminder.credential-ended.title': '{holder} 的{name}：电子凭证已于 {day} 到期',
  'reminder.credential-ended.text': '证照本身仍然有效。请向发证机关索取新的领取码，重新领取。',
  'reminder.credential-ending.title': '{holder} 的{name}：电子凭证将于 {day} 到期',
  'reminder.credential-ending.text':
    '证照本身不受影响。请在此之前向发证机关索取新的领取码，重新领取。',
} as const

/** A key of the reminders. */
export type ReminderMessage = keyof typeof zh

const en: Record<ReminderMessage, string> = {
  'reminders.title': 'Reminders',
  'reminder.dismiss': 'Understood',
  'reminder.dismissLabel': 'Understood: {name}',
  'reminder.revoked.title': '{name} of {holder} is void on this phone',
  'reminder.revoked.text':
    'It was revoked or replaced, or moved to another phone, or its phone was reported lost. Settings, “My licences at the agency”, tells which.',
  'reminder.replaced.title': '{name} of {holder} was replaced by its next version',
  'reminder.replaced.text':
    'The old one counts for nothing. If the next one is not on this phone yet, receive it: Settings, “My licences at the agency”.',
  'reminder.suspended.title': '{name} of {holder} was suspended',
  'reminder.suspended.text': 'It cannot be used until it is reinstated. Ask the issuer why.',
  'reminder.lifted.title': '{name} of {holder} is in force again',
  'reminder.lifted.text': 'You can show it as before; there is nothing to do.',
  'reminder.ended.title': '{name} of {holder} ended on {day}',
  'reminder.ended.text': 'Apply to the issuer for a new one.',
  'reminder.ending.title': '{name} of {holder} ends on {day}',
  'reminder.ending.text':
    'Apply to the issuer for a renewal in good time. Until then you can show it as before.',
  'reminder.credential-ended.title': '{name} of {holder}: the electronic credential ended on {day}',
  'reminder.credential-ended.text':
    'The licence itself is still valid. Ask the issuer for a new receiving code and receive it again.',
  'reminder.credential-ending.title': '{name} of {holder}: the electronic credential ends on {day}',
  'reminder.credential-ending.text':
    'The licence itself is not affected. Ask the issuer for a new receiving code before that day and receive it again.',
}

const catalogue: Catalogue<ReminderMessage> = defineMessages<ReminderMessage>(zh, en)

/** Gives a text of the reminders in the current language. */
export const wr: Translate<ReminderMessage> = translator(catalogue)

/** The texts of enrolling a counter. zh-CN is the source. */

import type { ErrorCode } from '@onetrip/codec'
import { defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  title: '单位登记',
  none: '本窗口不代表任何单位。',
  'none-text':
    '不登记也能核验；登记后，核验结果写明单位和设备。本机会生成一把不能导出的密钥，由单位管理员比对短码后确认。',
  office: '单位',
  choose: '请选择',
  'office-wrong': '请选择单位。',
  name: '设备名称',
  'name-hint': '如“一号窗口”，最多 40 字；不要写姓名。',
  'name-wrong': '请填写设备名称，最多 40 字。',
  ask: '申请登记',
  asking: '正在申请…',
  'asked-text': '请单位管理员在管理页上找到本机，与下面的短码逐字比对；完全一致才能确认。',
  'code-until': '短码有效至',
  cancel: '取消申请',
  device: '设备',
  matters: '可办事项',
  until: '有效至',
  renews: '联网时自动续期，每次 30 天；长期不联网时，可导入离线包续期。',
  refresh: '立即检查',
  leave: '取消登记',
  'leave-text': '将删除本机的密钥，不能恢复；以后要代表单位，须重新申请。',
  keep: '保留',
  'leave-yes': '删除密钥',
  'counter/denied': '本机已被单位停用。如有误，请取消登记后重新申请。',
  'counter/expired': '登记已到期，联网后自动续期，或导入离线包。',
  'counter/not-yet-valid': '登记证明的时间在本机时间之后，请校准本机时间。',
  'counter/office-unknown': '信任数据里没有这个单位，请先更新信任数据。',
  'counter/format': '登记证明不是发给本机的，未采用。',
  'key/unknown': '信任数据里没有签发登记证明的密钥，请先更新信任数据。',
  'key/revoked': '签发登记证明的密钥已被撤销，联网后自动换发。',
  'enrolment/expired': '短码已过期，没有登记。请重新申请。',
  'enrolment/not-found': '申请已不存在，没有登记。请重新申请。',
  'enrolment/nonce': '未能连上登记服务，将自动重试。',
  'key/storage': '这个浏览器不能保存密钥，无法登记。请换一个浏览器，或关闭无痕模式。',
  'http/rate-limited': '申请太多，请稍后再试。',
  'network/unreachable': '未能连上登记服务，将自动重试。',
  'network/timeout': '未能连上登记服务，将自动重试。',
  'network/server': '未能连上登记服务，将自动重试。',
  'network/busy': '申请太多，请稍后再试。',
} as const

/** A key of these texts. */
export type EnrolmentMessage = keyof typeof zh

const NO_NETWORK = 'The enrolment service could not be reached; it is tried again by itself.'
const en: Record<EnrolmentMessage, string> = {
  title: 'Enrolment',
  none: 'This counter speaks for no office.',
  'none-text':
    'It verifies all the same. Once enrolled, a result names office and device. This device makes a key that cannot be exported, and the office’s administrator confirms it by a short code.',
  office: 'Office',
  choose: 'Choose',
  'office-wrong': 'Choose an office.',
  name: 'Name of this device',
  'name-hint': 'such as “Window 1”, at most 40 characters; no person’s name',
  'name-wrong': 'Give this device a name of at most 40 characters.',
  ask: 'Ask to be enrolled',
  asking: 'Asking…',
  'asked-text':
    'The office’s administrator finds this device on their page and compares this code, character by character; only the same code may be confirmed.',
  'code-until': 'Code good until',
  cancel: 'Withdraw',
  device: 'Device',
  matters: 'Matters',
  until: 'Good until',
  renews:
    'Renewed by itself while there is a network, 30 days each time; without one for long, import an offline pack.',
  refresh: 'Check now',
  leave: 'End enrolment',
  'leave-text':
    'This deletes the device’s key for good. To speak for an office again it has to be enrolled anew.',
  keep: 'Keep it',
  'leave-yes': 'Delete the key',
  'counter/denied':
    'The office has denied this device. If that is a mistake, end the enrolment and ask again.',
  'counter/expired':
    'The enrolment has ended. It is renewed with a network, or by importing an offline pack.',
  'counter/not-yet-valid': 'The enrolment begins later than this device’s clock. Set the clock.',
  'counter/office-unknown': 'The trust data do not name this office. Refresh the trust data first.',
  'counter/format': 'The certificate is not this device’s and was not used.',
  'key/unknown':
    'The trust data do not name the key that signed the enrolment. Refresh the trust data first.',
  'key/revoked': 'The key that signed the enrolment was revoked. It is replaced with a network.',
  'enrolment/expired': 'The code is over and nothing was enrolled. Ask again.',
  'enrolment/not-found': 'The request is gone and nothing was enrolled. Ask again.',
  'enrolment/nonce': NO_NETWORK,
  'key/storage':
    'This browser cannot keep a key, so it cannot be enrolled. Use another one, or leave private mode.',
  'http/rate-limited': 'Too many requests; try again later.',
  'network/unreachable': NO_NETWORK,
  'network/timeout': NO_NETWORK,
  'network/server': NO_NETWORK,
  'network/busy': 'Too many requests; try again later.',
}

/** These texts in both languages. */
export const enrolmentMessages: ReturnType<typeof defineMessages<EnrolmentMessage>> =
  defineMessages<EnrolmentMessage>(zh, en)

/** Gives one of these texts in the current language. */
export const te: Translate<EnrolmentMessage> = translator(enrolmentMessages)

/** Whether a code has words of its own here. */
export function isEnrolmentTrouble(code: ErrorCode): code is ErrorCode & EnrolmentMessage {
  return Object.hasOwn(zh, code)
}

/** What refusals mean to whoever pressed the button, and what to do next. */

import type { ErrorCode } from '@onetrip/codec'
import { defineMessages, translator } from '@onetrip/ui'
import { CASE_FAULTS_EN, CASE_FAULTS_ZH } from './words-faults.ts'

const zh = {
  ...CASE_FAULTS_ZH,
  'approval/expired': '这份申请已过期。请申请人重新提出。',
  'approval/not-found': '本单位没有这份申请。',
  'approval/other-files': '申请的内容与您看到的不一致。请刷新后重新核对。',
  'approval/own-matter': '这是您本人的事项，依法应当回避。请由同岗位的另一人办理。',
  'approval/same-person': '申请人本人不能审批。请由同岗位的另一人办理。',
  'approval/settled': '已有同事先办了这一件。请刷新查看结果。',
  'auth/forbidden': '您的岗位不包括这一步。',
  'auth/required': '登录已结束，请重新登录。',
  'batch/format': '文件读不成表格：须为 UTF-8 或 GB18030 的 CSV，或 XLSX，第一行是列名。',
  'batch/limit': '文件太大：最多 20 MB、5 万行、80 列。请分成几个文件。',
  'batch/not-found': '没有这一批。',
  'batch/other-digest': '这一批与您看到的不一致。请刷新后重新核对。',
  'batch/rows-at-fault': '文件里有不合要求的行。请改正后重新试算。',
  'batch/settled': '已有同事先办了这一批。请刷新查看。',
  'claim/format': '内容的格式不对。',
  'claim/missing': '缺少必填的内容。',
  'claim/unknown': '有不认识的内容。',
  'clock/ahead': '平台的时间比上次发布晚了七天以上：在运维人员核对时间之前不再发布。',
  'http/body-too-large': '文件太大。',
  'http/media-type': '只收 CSV 或 XLSX 文件。',
  'http/not-found': '没有这一条。',
  'feedback/not-found': '本单位没有这条评价。',
  'feedback/settled': '已有同事先答复了。请刷新查看。',
  'http/rate-limited': '操作太频繁，请稍等一分钟再试。',
  'input/invalid': '填写的内容不合要求，请检查后再试。',
  'issuer/type-not-allowed': '本单位没有颁发这种证照的权限。',
  'key/unavailable': '签名密钥所在的加密机暂时不可用。请稍后重试，不会重复办理。',
  'licence/exists': '这个编号已用过：已有证照，或另一件的草稿、同一文件的另一行已有它。',
  'licence/not-found': '本单位没有这份证照。',
  'licence/revoked': '证照已经失效，不能再变更。请刷新查看。',
  'network/not-json': '收到的回答读不懂，可能平台正在更新。请刷新页面。',
  'network/server': '平台暂时不能办理，什么也没有改动。请稍后再试。',
  'network/timeout': '等得太久，没有回音。请刷新查看是否已办成，再决定是否重试。',
  'network/too-large': '内容太多，读不下。请缩小范围。',
  'network/unreachable': '连不上平台。请检查网络后重试。',
  'own-key/next-announced': '这种用途已有一把密钥等着启用，不必再公布。请刷新查看。',
  'own-key/no-other':
    '到那时没有别的密钥能接着签：须有另一把已公布满 30 天、或与它同样久的密钥。什么也没有改动。',
  'own-key/not-found': '本单位没有这把密钥。请刷新。',
  'own-key/too-many':
    '这种用途已有三把密钥还没到启用时间（停用的也算），要等其中一把到了启用时间才能再公布。',
  'report/not-found': '本单位没有这条举报。',
  'report/settled': '已有同事先答复了。请刷新查看。',
  'request/matter-unknown': '目录里没有这个事项。',
  'restore/not-lost':
    '这里没有因恢复备份而查不到的凭证：须是本单位在恢复时封存的状态列表，序号在列表之内，且登记簿里没有它的凭证。',
  'restore/pending': '数据库自备份恢复后没有再办：这一份可能当时已经颁发，请核实后重新申请。',
  'seal/digest-mismatch': '这不是申请时的那个文件，一个字节都不能变。',
  'seal/state': '这枚印章当前不能使用。',
  'sign-in/not-recent': '需要再确认一次身份。',
  'sign-in/refused': '身份提供方没有确认您的身份。',
  'sign-in/state': '登录中途断了，请重新登录。',
  'sign-in/unavailable': '身份提供方暂时连不上，请稍后再试。',
  'staff/agency-unnamed': '请先在页首选择代表哪个单位。',
  'staff/exists': '这个登录账号已经登记，姓名或单位不同。请核对。',
  'staff/grant-exists': '此人已有这个岗位，只是起止时间不同。请先收回再授予。',
  'staff/last-administrator': '这是本单位最后一位管理人员。请先另外授予一位。',
  'staff/name-taken': '本单位已有同名人员。请加注部门等以示区别。',
  'staff/not-a-member': '您还没有登记为工作人员。请找本单位的管理人员登记。',
  'staff/not-found': '没有这个人员或岗位，可能已离岗。请刷新。',
  'staff/own-grant': '不能给自己授权。请由另一位管理人员办理。',
  'staff/separate-roles': '管理与审批、用印必须由不同的人担任。',
  'staff/works-elsewhere':
    '此人在其他单位也有岗位，那里的登录和身份不由本单位处理。本单位的岗位可以逐个收回。',
  'status/suspended': '证照已暂停，恢复以后才能这样办。',
  'status/not-reversible': '证照的状态已不允许这样改。请刷新查看。',
  'storage/unavailable': '数据库暂时不可用，什么也没有改动。请稍后再试。',
  'time/format': '日期的格式不对，应为 2026-11-20 这样。',
} as const satisfies Partial<Record<ErrorCode, string>>

/** A code that has words of its own. */
type FaultWord = keyof typeof zh

const en: Record<FaultWord, string> = {
  ...CASE_FAULTS_EN,
  'approval/expired': 'This request has expired. It has to be made again.',
  'approval/not-found': 'Your organisation has no such request.',
  'approval/other-files': 'What is asked for is not what you saw. Refresh and compare again.',
  'approval/own-matter':
    'This is your own matter, and nobody decides their own. Another person has to.',
  'approval/same-person': 'Nobody approves their own request. Another person has to decide.',
  'approval/settled': 'A colleague decided this first. Refresh to see how.',
  'auth/forbidden': 'Your roles do not include this step.',
  'auth/required': 'Your session is over. Sign in again.',
  'batch/format':
    'This is no table: it has to be CSV in UTF-8 or GB 18030, or XLSX, with headings in its first row.',
  'batch/limit':
    'The file is too large: at most 20 MB, 50,000 rows, 80 columns. Make several of it.',
  'batch/not-found': 'There is no such batch.',
  'batch/other-digest': 'The batch is not the one you saw. Refresh and compare again.',
  'batch/rows-at-fault': 'Rows of the file are at fault. Correct them and try it again.',
  'batch/settled': 'A colleague was first. Refresh to see the batch.',
  'claim/format': 'Something is written in a wrong way.',
  'claim/missing': 'Something that is required is missing.',
  'claim/unknown': 'Something is there that the licence does not have.',
  'clock/ahead':
    'The server’s clock is more than 7 days after what was published last: nothing is published until its operators have checked it.',
  'http/body-too-large': 'The file is too large.',
  'http/media-type': 'Only CSV and XLSX files are taken.',
  'http/not-found': 'There is no such record.',
  'feedback/not-found': 'Your organisation has no such rating.',
  'feedback/settled': 'A colleague answered this first. Refresh to see how.',
  'http/rate-limited': 'Too many requests. Wait a minute.',
  'input/invalid': 'What was entered is not acceptable. Check it and try again.',
  'issuer/type-not-allowed': 'Your organisation may not issue this licence.',
  'key/unavailable':
    'The device that holds the signing key does not answer. Try again later; nothing is done twice.',
  'licence/exists':
    'The number is taken: by a licence, another case’s draft, or another row of the file.',
  'licence/not-found': 'Your organisation has no such licence.',
  'licence/revoked': 'The licence is void and cannot be changed any more. Refresh to see it.',
  'network/not-json': 'The answer could not be read; the server may be changing. Reload the page.',
  'network/server': 'The server cannot do this at the moment; nothing was changed. Try later.',
  'network/timeout': 'No answer came in time. Refresh to see whether it was done before you retry.',
  'network/too-large': 'That is more than can be shown. Narrow it down.',
  'network/unreachable': 'The server cannot be reached. Check the network and try again.',
  'own-key/next-announced':
    'A key for this purpose waits to be used already; no further one is needed. Refresh to see it.',
  'own-key/no-other':
    'No other key would sign then: one has to be published for 30 days, or for as long as this one. Nothing was changed.',
  'own-key/not-found': 'Your organisation has no such key. Refresh.',
  'own-key/too-many':
    'Three keys for this purpose have not begun, retired ones among them. Another can be announced once the time of one has come.',
  'report/not-found': 'Your organisation has no such report.',
  'report/settled': 'A colleague answered this first. Refresh to see how.',
  'request/matter-unknown': 'The catalogue has no such matter.',
  'restore/not-lost':
    'No credential was lost there: it has to be a status list of your organisation’s that a restore closed, a place within it, and none that the register knows.',
  'restore/pending':
    'Not issued after the database was restored: it may have been before. Find out, then ask anew.',
  'seal/digest-mismatch': 'This is not the file that was asked for, to the last byte.',
  'seal/state': 'This seal cannot be used at present.',
  'sign-in/not-recent': 'You have to confirm who you are.',
  'sign-in/refused': 'The identity provider did not confirm who you are.',
  'sign-in/state': 'The sign-in was interrupted. Sign in again.',
  'sign-in/unavailable': 'The identity provider cannot be reached. Try later.',
  'staff/agency-unnamed': 'Choose at the top for which organisation you act.',
  'staff/exists': 'This account is registered already, with another name or organisation.',
  'staff/grant-exists': 'They have this role with other dates. Take it first, then give it.',
  'staff/last-administrator':
    'This is the organisation’s last administrator. Give the role to somebody else first.',
  'staff/name-taken': 'Somebody here has this name. Add what tells them apart.',
  'staff/not-a-member': 'You are not registered. An administrator has to register you.',
  'staff/not-found': 'No such member or role; they may have left. Refresh.',
  'staff/own-grant': 'Nobody gives a role to themselves. Another administrator has to.',
  'staff/separate-roles': 'Who administers neither approves nor seals.',
  'staff/works-elsewhere':
    'They have roles in another organisation, which are its own to end. The roles here can be taken one by one.',
  'status/suspended': 'The licence is suspended; it has to be reinstated first.',
  'status/not-reversible': 'The licence’s state no longer allows this. Refresh to see it.',
  'storage/unavailable': 'The database is not available; nothing was changed. Try later.',
  'time/format': 'A date is written in a wrong way; it should be like 2026-11-20.',
}

const messages: ReturnType<typeof defineMessages<FaultWord>> = defineMessages<FaultWord>(zh, en)
const words = translator(messages)
const other = translator(
  defineMessages(
    { text: '没有办成（{code}）。请刷新后重试；仍不行请把括号里的代码告诉管理人员。' },
    {
      text: 'This was refused ({code}). Refresh and try again; if it stays so, tell an administrator the code in brackets.',
    },
  ),
)

/** The words of a code; a code without words of its own is named. */
export function faultWords(code: string): string {
  return isKnown(code) ? words(code) : other('text', { code })
}

function isKnown(code: string): code is FaultWord {
  return Object.hasOwn(zh, code)
}

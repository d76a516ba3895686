/** The texts of the page of the own account. zh-CN is the source. */

import { defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  title: '我的账号',
  name: '姓名',
  organisation: '单位',
  sessions: '我的登录',
  'sessions.text': '30 分钟不用或登录满 10 小时自动结束。有不认识的，请立即让其下线。',
  current: '本机，正在使用',
  other: '另一处登录',
  which: '登录',
  'signed-in': '登录时间',
  used: '最近使用',
  ends: '最迟结束',
  action: '办理',
  end: '下线',
  'end.title': '让这处登录下线？',
  'end.text': '那里须重新登录；没有提交的内容会丢失。',
  everywhere: '全部退出',
  'everywhere.title': '在所有地方退出？',
  'everywhere.text': '包括本机。没有提交的内容会丢失。',
} as const

/** A key of these texts. */
export type AccountMessage = keyof typeof zh

const en: Record<AccountMessage, string> = {
  title: 'My account',
  name: 'Name',
  organisation: 'Organisation',
  sessions: 'Where I am signed in',
  'sessions.text':
    'A session ends after 30 minutes without use and ten hours after the sign-in. End one that you do not know at once.',
  current: 'this browser',
  other: 'another browser',
  which: 'Session',
  'signed-in': 'Signed in',
  used: 'Last used',
  ends: 'Ends by',
  action: 'Actions',
  end: 'End',
  'end.title': 'End this session?',
  'end.text': 'They have to sign in again there; what was not sent is lost.',
  everywhere: 'Sign out everywhere',
  'everywhere.title': 'Sign out everywhere?',
  'everywhere.text': 'Here too. What was not sent is lost.',
}

/** Gives one of these texts in the current language. */
export const ta: Translate<AccountMessage> = translator(defineMessages<AccountMessage>(zh, en))

/** The texts of the page of the log, and what its acts are called. zh-CN is the source. */

import { defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  title: '存证',
  text: '每一步都记在只增不改的存证里；每条都可凭证明独立核对。',
  kind: '事项',
  'kind.all': '全部',
  about: '编号或摘要',
  'about-hint': '证照、印章、用印申请、人员等的编号，须完整。',
  find: '查找',
  index: '序号',
  time: '时间',
  act: '事项',
  facts: '内容',
  proof: '证明',
  'proof-of': '第 {index} 条的证明',
  empty: '没有符合的记录',
  size: '共 {count} 条有检查点为证',
} as const

/** A key of these texts. */
export type LogMessage = keyof typeof zh

const en: Record<LogMessage, string> = {
  title: 'Log',
  text: 'Each step is in a log that only grows; each entry can be proven on its own.',
  kind: 'What was done',
  'kind.all': 'All',
  about: 'Id or digest',
  'about-hint': 'Of a licence, seal, use, member; whole.',
  find: 'Find',
  index: 'No.',
  time: 'When',
  act: 'What was done',
  facts: 'Facts',
  proof: 'Proof',
  'proof-of': 'Proof of entry {index}',
  empty: 'No such entries',
  size: '{count} entries are under a checkpoint',
}

/** Gives one of these texts in the current language. */
export const tl: Translate<LogMessage> = translator(defineMessages<LogMessage>(zh, en))

const actsZh = {
  issuance: '签发凭证',
  impression: '加盖印章',
  'agency/register': '登记机关',
  'api-key/create': '发放接口密钥',
  'catalogue/register': '登记事项目录',
  'citizen/allow': '本人同意',
  'citizen/phone-lost': '本人报失手机',
  'citizen/refuse': '本人拒绝',
  'citizen/sign-in': '本人登录',
  'citizen/sign-out': '本人退出',
  'counter/certify': '核验窗口取得证书',
  'counter/confirm': '确认核验窗口',
  'credential/issue': '发出凭证',
  'credential/void': '凭证作废',
  'key/announce': '公布密钥',
  'key/certify': '密钥取得证书',
  'key/renew-online': '更换在线密钥',
  'licence/issue': '颁发证照',
  'licence/status': '证照状态变更',
  'licence/withdraw': '收回证照',
  'licence/withdraw-copy': '收回加注件',
  'offer/make': '生成领取码',
  'offer/redeem': '领取证照',
  'offer/take-back': '收回领取码',
  'offer/told': '证照夹回报',
  'offer/wrong-code': '领取码输错',
  'office/register': '登记单位',
  'paper/print': '打印纸质码',
  'seal/apply': '申请印章',
  'seal/cancel': '注销印章',
  'seal/make': '制作印章',
  'seal/refuse': '驳回印章申请',
  'seal/register': '启用印章',
  'seal/resume': '恢复印章',
  'seal/suspend': '暂停印章',
  'seal-maker/register': '登记制章机构',
  'seal-use/approve': '同意用印',
  'seal-use/refuse': '不同意用印',
  'seal-use/request': '申请用印',
  'seal-use/seal': '用印',
  'staff/end': '人员离岗',
  'staff/grant': '授予岗位',
  'staff/register': '登记人员',
  'staff/revoke': '收回岗位',
  'staff/sign-in': '工作人员登录',
  'staff/sign-out': '工作人员退出',
  'trust/publish': '发布信任数据',
  'type/register': '登记证照类型',
  'verification/close': '结束请求出示',
  'verification/open': '请求出示',
} as const

type KnownAct = keyof typeof actsZh

const actsEn: Record<KnownAct, string> = {
  issuance: 'credential signed',
  impression: 'seal applied',
  'agency/register': 'agency registered',
  'api-key/create': 'API key made',
  'catalogue/register': 'catalogue registered',
  'citizen/allow': 'citizen agreed',
  'citizen/phone-lost': 'citizen reported a lost phone',
  'citizen/refuse': 'citizen refused',
  'citizen/sign-in': 'citizen signed in',
  'citizen/sign-out': 'citizen signed out',
  'counter/certify': 'counter certified',
  'counter/confirm': 'counter confirmed',
  'credential/issue': 'credential given out',
  'credential/void': 'credential made void',
  'key/announce': 'key announced',
  'key/certify': 'key certified',
  'key/renew-online': 'online keys renewed',
  'licence/issue': 'licence issued',
  'licence/status': 'licence status changed',
  'licence/withdraw': 'licence withdrawn',
  'licence/withdraw-copy': 'copy withdrawn',
  'offer/make': 'offer made',
  'offer/redeem': 'offer redeemed',
  'offer/take-back': 'offer taken back',
  'offer/told': 'wallet reported',
  'offer/wrong-code': 'wrong receiving code',
  'office/register': 'office registered',
  'paper/print': 'paper code printed',
  'seal/apply': 'seal applied for',
  'seal/cancel': 'seal cancelled',
  'seal/make': 'seal made',
  'seal/refuse': 'seal refused',
  'seal/register': 'seal taken into use',
  'seal/resume': 'seal resumed',
  'seal/suspend': 'seal suspended',
  'seal-maker/register': 'seal maker registered',
  'seal-use/approve': 'use of a seal approved',
  'seal-use/refuse': 'use of a seal refused',
  'seal-use/request': 'use of a seal asked for',
  'seal-use/seal': 'file sealed',
  'staff/end': 'member left',
  'staff/grant': 'role given',
  'staff/register': 'member registered',
  'staff/revoke': 'role taken',
  'staff/sign-in': 'member signed in',
  'staff/sign-out': 'member signed out',
  'trust/publish': 'trust data published',
  'type/register': 'licence type registered',
  'verification/close': 'request to show closed',
  'verification/open': 'request to show opened',
}

const actWord = translator(defineMessages<KnownAct>(actsZh, actsEn))

/** What can be chosen to filter by. */
export const KNOWN_ACTS: readonly KnownAct[] = Object.keys(actsZh).filter(isKnownAct)

/** What an act is called; one without a word goes by its name. */
export function actWords(act: string): string {
  return isKnownAct(act) ? actWord(act) : act
}

function isKnownAct(act: string): act is KnownAct {
  return Object.hasOwn(actsZh, act)
}

/** The texts of the page of keys and publication. zh-CN is the source. */

import { defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  title: '密钥与发布',
  text: '本单位的密钥，以及各窗口据以核验的数据是否按时发布。管理人员公布、停用密钥，立即发布到期的数据；须离线密钥签名的，由运维人员用命令办理。',
  faults: '有数据没能发布',
  good: '没有发布失败的数据',
  'good.text': '信任数据和状态列表在有人来取时签发；没人来取的会显示到期，来取时随即签发。',
  publish: '立即发布',
  'publish.title': '立即发布到期的数据',
  'publish.text':
    '由服务器自己的密钥签发到期或有变动的部分：时间戳、快照、状态列表目录、拒绝清单和存证。没有到期也没有变动的不重签。',
  'publish.done': '已发布。下面是最新的情况。',
  actions: '操作',
  announce: '公布下一把',
  'announce.title': '公布下一把密钥：{purpose}',
  'announce.text':
    '新密钥先公布、后启用：另有密钥在用时，35 天以后才用它签发，好让离线的窗口先认识它；没有密钥在用时，公布后即用。信任清单须离线密钥签名后，公布才生效。',
  'announce.go': '公布',
  retire: '停用',
  'retire.title': '停用密钥：{purpose}',
  'retire.text': '这把密钥从现在起不再签发，不能恢复；它签过的照常核验。须有另一把能接着签。',
  'retire.go': '停用',
  stolen: '密钥失窃怎么办',
  'stolen.text':
    '失窃的密钥由运维人员在服务器上撤销：拒绝清单随即发布，此后签的一律无效。起始时间填确知未失窃的时候；没人知道的，填密钥生效之时，如下。',
  offline: '等待离线签名',
  'offline.none': '没有等待离线签名的数据。',
  'offline.demo': '演示环境自己保管离线密钥，有变动时随发布签名；正式环境由持钥人离线签名。',
  'offline.no-root':
    '还没有根：请运维人员先用 onetrip trust root create 建立，见使用说明“根与信任清单”。',
  'offline.text':
    '根和信任清单由持钥人用离线密钥签名，服务器不能代签。请依次办理；在别处保管的文件和密钥，路径以实际为准。',
  'offline.changed': '信任清单有 {count} 份文件与上次签名的不同：{paths}',
  'offline.ends': '{role}将于{day}到期，须在此前重新签名。',
  'offline.older-keys': '在线密钥已更换，{roles}仍用旧密钥，须由新的根和信任清单指明。',
  'step.server': '在服务器上',
  'step.keeper': '由各持钥人，在保管离线密钥的机器上',
  keys: '本单位的密钥',
  'keys.none': '本单位没有颁发证照的密钥',
  kid: '密钥标识',
  purpose: '用途',
  'purpose.issue-cbor': '签发证照（CBOR）',
  'purpose.issue-jws': '签发证照（JSON）',
  'purpose.status-cbor': '签发状态列表（CBOR）',
  'purpose.status-jws': '签发状态列表（JSON）',
  period: '有效期',
  'period.value': '{from} 至 {to}',
  state: '状态',
  'key.in-use': '使用中',
  'key.waiting': '等待发布',
  'key.coming': '尚未生效',
  'key.retired': '已停用，仍可核验',
  'key.ended': '已到期',
  'key.revoked': '已撤销',
  roles: '信任数据',
  role: '部分',
  'role.root': '根',
  'role.timestamp': '时间戳',
  'role.snapshot': '快照',
  'role.targets': '信任清单',
  'role.status': '状态列表目录',
  'role.deny': '拒绝清单',
  'role.log': '存证',
  version: '版本',
  signed: '签发',
  expires: '到期',
  'role.good': '有效',
  'role.soon': '即将到期',
  'role.over': '已到期',
  lists: '状态列表',
  'lists.none': '还没有发布过状态列表',
  list: '列表',
  form: '格式',
  used: '已用位置',
  'used.value': '{used} / {size}',
  'list.current': '与登记一致',
  'list.behind': '等待发布',
  log: '存证检查点',
  'log.none': '还没有检查点',
  'log.text': '共 {size} 条有检查点为证',
} as const

/** A key of these texts. */
export type TrustMessage = keyof typeof zh

const en: Record<TrustMessage, string> = {
  title: 'Keys and publication',
  text: 'The organisation’s keys, and whether what counters verify with is published in time. Administrators announce and retire keys and publish what is due; whoever runs the server does what offline keys sign, by command.',
  faults: 'Something could not be published',
  good: 'Nothing failed to be published',
  'good.text':
    'Trust data and status lists are signed when somebody fetches them; what nobody fetches shows as ended until then.',
  publish: 'Publish now',
  'publish.title': 'Publish what is due',
  'publish.text':
    'The server’s own keys sign what is due or has changed: timestamp, snapshot, directory of status lists, deny list and log. What is neither stays as it is.',
  'publish.done': 'Published. This is how things are.',
  actions: 'Actions',
  announce: 'Announce the next',
  'announce.title': 'Announce the next key: {purpose}',
  'announce.text':
    'A key is published before it signs: while another one is in use it signs after 35 days, so that counters without a network know it by then; where none is, at once. It counts as published when the trust list that names it is signed by offline keys.',
  'announce.go': 'Announce',
  retire: 'Retire',
  'retire.title': 'Retire the key: {purpose}',
  'retire.text':
    'From this moment on the key signs no more, for good; what it signed is verified as before. Another key has to be there that signs.',
  'retire.go': 'Retire',
  stolen: 'If a key is stolen',
  'stolen.text':
    'Whoever runs the server revokes it there: the deny list is published at once, and what it signed since counts for nothing. The time is one at which it was surely not stolen yet; where nobody knows one, its beginning, as here.',
  offline: 'Waits for offline signatures',
  'offline.none': 'Nothing waits for an offline signature.',
  'offline.demo':
    'The demonstration keeps the offline keys itself and signs changes as it publishes; elsewhere people sign with keys that are kept offline.',
  'offline.no-root':
    'There is no root yet: whoever runs the server makes one with onetrip trust root create; see “root and trust list” in the manual.',
  'offline.text':
    'People sign root and trust list with offline keys; the server cannot do it for them. Take these steps in order; files and keys are where you keep them.',
  'offline.changed': 'Of the trust list {count} files are not as they were signed last: {paths}',
  'offline.ends': '{role} ends on {day} and has to be signed anew before.',
  'offline.older-keys':
    'Online keys were renewed; {roles} still sign with the old ones, until a new root and trust list name the new ones.',
  'step.server': 'At the server',
  'step.keeper': 'Each keeper of a key, where it is kept offline',
  keys: 'Keys of the organisation',
  'keys.none': 'This organisation has no keys to issue licences with',
  kid: 'Key id',
  purpose: 'For',
  'purpose.issue-cbor': 'licences (CBOR)',
  'purpose.issue-jws': 'licences (JSON)',
  'purpose.status-cbor': 'status lists (CBOR)',
  'purpose.status-jws': 'status lists (JSON)',
  period: 'Validity',
  'period.value': '{from} to {to}',
  state: 'State',
  'key.in-use': 'In use',
  'key.waiting': 'Waits to be published',
  'key.coming': 'Not yet in force',
  'key.retired': 'Retired, still verifies',
  'key.ended': 'Ended',
  'key.revoked': 'Revoked',
  roles: 'Trust data',
  role: 'Part',
  'role.root': 'Root',
  'role.timestamp': 'Timestamp',
  'role.snapshot': 'Snapshot',
  'role.targets': 'Trust list',
  'role.status': 'Directory of status lists',
  'role.deny': 'Deny list',
  'role.log': 'Log',
  version: 'Version',
  signed: 'Signed',
  expires: 'Ends',
  'role.good': 'In force',
  'role.soon': 'Ends soon',
  'role.over': 'Ended',
  lists: 'Status lists',
  'lists.none': 'No status list was published yet',
  list: 'List',
  form: 'Form',
  used: 'Places taken',
  'used.value': '{used} of {size}',
  'list.current': 'As the register says',
  'list.behind': 'Waits to be published',
  log: 'Checkpoint of the log',
  'log.none': 'There is no checkpoint yet',
  'log.text': '{size} entries are under a checkpoint',
}

/** Gives one of these texts in the current language. */
export const tt: Translate<TrustMessage> = translator(defineMessages<TrustMessage>(zh, en))

const ROLE_WORDS: Readonly<Record<string, TrustMessage>> = {
  root: 'role.root',
  timestamp: 'role.timestamp',
  snapshot: 'role.snapshot',
  targets: 'role.targets',
  status: 'role.status',
  deny: 'role.deny',
  log: 'role.log',
}

/** What a role of the trust repository is called; one without a word goes by its name. */
export function roleWords(role: string): string {
  const word = ROLE_WORDS[role]
  return word === undefined ? role : tt(word)
}

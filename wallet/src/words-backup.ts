/** The texts of backup and restore, and of what a restored licence still needs. zh-CN is the source. */
import { type Catalogue, defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  'settings.title': '备份',
  'settings.text': '把证照和记录存成一个加密的文件。手机丢了、坏了或换手机时，用它恢复。',

  back: '返回设置',

  'make.title': '制作备份',
  'make.what': '备份是一个加密的文件，里面有您的证照、加注件和出示记录。',
  'make.keys': '密钥不在里面，也不离开这台设备：恢复的证照可以查看，重新领取后才能出示。',
  'make.code': '打开它要用恢复码。恢复码只显示这一次，不保存在任何地方。',
  'make.start': '显示恢复码',
  'make.empty': '还没有可以备份的证照。',

  'code.title': '抄下恢复码',
  'code.text': '请抄在纸上或打印出来，和备份文件分开存放。丢了恢复码，谁也打不开备份。',
  'code.label': '恢复码，共 7 组',
  'code.print': '打印恢复码',
  'code.next': '抄好了，下一步',
  'code.printed': '一次办 · 证照夹的恢复码，用来打开 {day} 的备份文件 {file}',
  'code.printed.keep': '不要交给任何人，不要和备份文件放在一起。',

  'check.title': '核对恢复码',
  'check.text': '请看着抄下的恢复码，输入其中两组。',
  'check.group': '第 {number} 组',
  'check.wrong': '和恢复码的第 {number} 组不一样，请核对',
  'check.back': '再看一次恢复码',
  'check.make': '生成备份文件',
  'check.failed': '没有生成备份',

  'made.title': '备份文件已生成',
  'made.text':
    '{file}，里面有证照 {licences} 张、记录 {entries} 条。请确认它已经下载；最好再存一份到别的设备。',
  'made.left': '有 {count} 条打不开的记录不在备份里。',
  'made.later': '领取新证照后，请再做一次备份。每次备份都有自己的恢复码。',
  'made.again': '再下载一次',

  'restore.title': '从备份恢复',
  'restore.text': '先选备份文件，再输入做那次备份时的恢复码。',
  'restore.safe': '本机已有的证照和记录不会改动；重复恢复，也不会变成两份。',
  'restore.choose': '选择备份文件',
  'restore.other': '换一个文件',
  'restore.hint': '文件名以 .otbackup 结尾',
  'restore.file': '备份文件：{name}',
  'restore.code': '恢复码',
  'restore.code.hint': '7 组，每组 4 个字；大小写、间隔都可以',
  'restore.code.wrong': '恢复码抄错或漏了字，请核对',
  'restore.go': '恢复',
  'restore.failed': '没有恢复',
  'restore.reading': '正在读取文件…',
  'restore.opening': '正在打开备份…',
  'restore.checking': '正在核对：{done} / {total}',
  'restore.storing': '正在保存…',
  'restore.done': '已恢复证照 {licences} 张、记录 {entries} 条',
  'restore.here': '有 {count} 项本机已有，没有改动。',
  'restore.refused': '有 {count} 张证照不能确认真伪，没有恢复。更新核验数据后可以再恢复一次。',
  'restore.dropped': '有 {count} 份回执和记录里的请求、作答不符，没有恢复；记录本身已恢复。',
  'restore.then': '恢复的证照可以查看。要出示，请逐张重新领取。',
  'restore.home': '查看我的证照',

  'unbound.title': '密钥不在这台设备上',
  'unbound.text':
    '这张证照是从备份恢复的：可以查看，不能出示。请登录发证机关，把它换到这台设备上；不能登录的，向 {issuer} 索取新的领取码重新领取。加注件和记录都会保留。',
  'unbound.move': '登录并换到这台设备',

  'phone.title': '手机丢了，五分钟办好',
  'phone.void': '先让旧手机上的证照失效',
  'phone.void.text':
    '在任何一台手机上打开“我在发证机关的证照”，登录，选“手机丢了”：所有手机上的证照马上失效，纸质证照不受影响。不能登录的，请发证机关办理。',
  'phone.old': '旧手机',
  'phone.old.text':
    '设了口令，别人打不开；没有设，拿到的人可以打开，但证照已经失效。手机厂商的“查找”功能可以远程抹掉整部手机。',
  'phone.restore': '恢复备份',
  'phone.restore.text':
    '在新手机上选备份文件，输入恢复码，证照和记录就回来了。没有备份，跳过这一步。',
  'phone.receive': '换到新手机',
  'phone.receive.text':
    '在“我在发证机关的证照”里登录，逐张领到新手机。领取后，密钥就在新手机上，可以出示。',
  'phone.lock': '设口令',
  'phone.lock.text': '有了口令，新手机再丢，别人也打不开证照夹。',
  'phone.backup': '再做一次备份',
  'phone.backup.text': '领取完就做；旧的备份文件和恢复码可以销毁。',
} as const

/** A key of these texts. */
export type BackupMessage = keyof typeof zh

const en: Record<BackupMessage, string> = {
  'settings.title': 'Backup',
  'settings.text':
    'Puts your licences and records into one encrypted file, to restore them when the phone is lost, broken or replaced.',

  back: 'Back to settings',

  'make.title': 'Make a backup',
  'make.what':
    'A backup is one encrypted file with your licences, the copies you made and the history of what you showed.',
  'make.keys':
    'No key is in it, and none leaves this device: a restored licence can be looked at, and shown once it is received again.',
  'make.code':
    'It is opened with a recovery code. The code is shown this one time and kept nowhere.',
  'make.start': 'Show the recovery code',
  'make.empty': 'There is no licence to back up yet.',

  'code.title': 'Write the recovery code down',
  'code.text':
    'Write it on paper or print it, and keep it apart from the backup file. Without it nobody can open the backup.',
  'code.label': 'Recovery code, 7 groups',
  'code.print': 'Print the recovery code',
  'code.next': 'Written down: go on',
  'code.printed': 'Recovery code of the OneTrip wallet, for the backup file {file} of {day}',
  'code.printed.keep': 'Give it to nobody, and do not keep it with the backup file.',

  'check.title': 'Check the recovery code',
  'check.text': 'Look at what you wrote down, and type two of its groups.',
  'check.group': 'Group {number}',
  'check.wrong': 'This is not group {number} of the code; please check',
  'check.back': 'Show the code again',
  'check.make': 'Make the backup file',
  'check.failed': 'No backup was made',

  'made.title': 'The backup file is made',
  'made.text':
    '{file}. In it: licences {licences}, records {entries}. See that it was downloaded; best keep one on another device too.',
  'made.left': 'Records that cannot be opened, and are not in it: {count}.',
  'made.later':
    'Make another one when you have received new licences. Each backup has its own recovery code.',
  'made.again': 'Download again',

  'restore.title': 'Restore a backup',
  'restore.text': 'Choose the backup file, then type the recovery code that was shown with it.',
  'restore.safe':
    'What is on this device stays as it is; restoring the same file again doubles nothing.',
  'restore.choose': 'Choose a backup file',
  'restore.other': 'Another file',
  'restore.hint': 'Its name ends with .otbackup',
  'restore.file': 'Backup file: {name}',
  'restore.code': 'Recovery code',
  'restore.code.hint': '7 groups of 4 characters; small letters, spaces and hyphens do not matter',
  'restore.code.wrong': 'A character of the code is wrong or missing; please check',
  'restore.go': 'Restore',
  'restore.failed': 'Nothing was restored',
  'restore.reading': 'Reading the file…',
  'restore.opening': 'Opening the backup…',
  'restore.checking': 'Checking: {done} of {total}',
  'restore.storing': 'Storing…',
  'restore.done': 'Restored: licences {licences}, records {entries}',
  'restore.here': 'Already here, and left as they are: {count}.',
  'restore.refused':
    'Licences that could not be confirmed as genuine, and were not restored: {count}. Update the checking data and restore again.',
  'restore.dropped':
    'Receipts that are not for what was asked and answered, and were not restored; their records were: {count}.',
  'restore.then':
    'You can look at the restored licences. To show them, receive each of them again.',
  'restore.home': 'My licences',

  'unbound.title': 'Its key is not on this device',
  'unbound.text':
    'This licence came out of a backup: you can look at it, but not show it. Sign in with the agency and move it to this device; if you cannot sign in, ask {issuer} for a new code and receive it again. Copies and history stay.',
  'unbound.move': 'Sign in and move it here',

  'phone.title': 'A lost phone: five minutes',
  'phone.void': 'Make the licences on the old phone void first',
  'phone.void.text':
    'On any phone, open “My licences at the agency”, sign in and choose “My phone is lost”: the licences on all phones are void at once; paper is not touched. If you cannot sign in, ask the agency.',
  'phone.old': 'The old phone',
  'phone.old.text':
    'With a passcode nobody else can open the wallet. Without one, whoever has the phone can open it, but its licences are void. The “find my phone” service of its maker can erase the whole phone from afar.',
  'phone.restore': 'Restore the backup',
  'phone.restore.text':
    'On the new phone, choose the backup file and type the recovery code: licences and records are back. Without a backup, go on.',
  'phone.receive': 'Move them to the new phone',
  'phone.receive.text':
    'Sign in at “My licences at the agency” and receive each licence onto the new phone. Once received, its key is there and it can be shown.',
  'phone.lock': 'Set a passcode',
  'phone.lock.text': 'Should the new phone be lost too, nobody else opens the wallet.',
  'phone.backup': 'Make another backup',
  'phone.backup.text':
    'Once everything is received; the old file and its code can then be destroyed.',
}

const catalogue: Catalogue<BackupMessage> = defineMessages<BackupMessage>(zh, en)

/** Gives one of these texts in the current language. */
export const wb: Translate<BackupMessage> = translator(catalogue)

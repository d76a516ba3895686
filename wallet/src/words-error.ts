/** What can go wrong in the wallet's own acts, in the holder's words. zh-CN is the source. */
import { type Catalogue, defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  'error.offer/not-an-offer': '这不是领取证照的二维码或链接。',
  'error.offer/format': '领取链接不完整或已损坏，请重新获取。',
  'error.offer/by-reference': '不支持这种领取链接，请向发证机关索取新的。',
  'error.offer/grant': '不支持这种领取方式，请向发证机关索取领取码。',
  'error.offer/issuer-not-allowed': '发证服务不在信任名单内，已停止。',
  'error.offer/code-format': '领取码的位数或格式不对。',
  'error.offer/code-refused': '领取码不对，或已用过、已过期。请核对后重试，或索取新的。',
  'error.offer/used':
    '这个领取链接已经用过。如果证照已在本机，不必再领；否则请向发证机关索取新的。',
  'error.offer/locked': '输错次数过多，此领取码已锁定。请向发证机关索取新的。',
  'error.offer/wrong-code': '领取码不对，请核对后重试。',
  'error.offer/unknown': '发证服务没有这个领取码。请核对链接，或索取新的。',
  'error.offer/withdrawn': '发证机关已收回此领取码。',
  'error.offer/different-licences': '收到的两份凭证不是同一张证照，没有保存。',
  'error.offer/expired': '此领取码已过期。请向发证机关索取新的。',
  'error.offer/securings': '发证服务没有同时提供两种形式的凭证，无法领取。',
  'error.offer/session-expired': '领取已超时，请重新打开领取链接。',
  'error.network/unreachable': '连不上发证服务。请检查网络后重试，已做的步骤会继续。',
  'error.network/timeout': '发证服务没有及时回答。请重试，已做的步骤会继续。',
  'error.network/busy': '尝试次数过多，请过几分钟再试。',
  'error.network/server': '发证服务暂时不可用，请稍后重试。',
  'error.network/not-json': '收到的不是发证服务的回答。若在使用公共 Wi-Fi，请先登录它再重试。',
  'error.network/too-large': '发证服务的回答过大，已停止。',
  'error.network/refused': '发证服务拒绝了请求。',
  'error.issuer/metadata': '发证服务的说明不完整，已停止。',
  'error.issuer/answer': '发证服务的回答不符合标准，已停止。',
  'error.issuer/refused': '发证服务拒绝了请求，请联系发证机关。',
  'error.issuer/nonce-refused': '发证服务拒绝了签名，请重试。',
  'error.issuer/deferred': '证照还没有准备好，请稍后重试。',
  'error.request/closed': '这次要求已经有人作答，或已被拒绝。',
  'error.request/expired': '这次要求已过时，请向提出要求的单位索取新的链接。',
  'error.request/link': '这不是出示证照的链接。',
  'error.request/not-found': '对方没有这次要求，可能已过时。',
  'error.request/origin': '这个地址不在本证照夹可以连接的单位之列，没有连接。',
  'error.credential/wrong-type': '收到的不是领取链接所说的那种证照，没有保存。',
  'error.holder/mismatch': '凭证不是发给本机密钥的，没有保存。',
  'error.key/storage': '此浏览器无法保存签名密钥。请换一个浏览器，或退出无痕窗口。',
  'error.key/passcode': '口令不对，或少于 6 位。',
  'error.storage/corrupt': '有一条记录打不开。请先在“我的证照”和“记录”页处理打不开的记录。',
  'error.storage/newer': '这里的数据由更新版本的证照夹保存，请更新后再试。',
  'error.storage/quota': '存储空间不足，没有保存。原有证照不受影响。',
  'error.storage/unavailable': '无法打开本机存储。请关闭其他打开的证照夹窗口后重试。',
  'error.qr/too-big': '内容太多，二维码放不下。',
  'error.backup/corrupt': '这不是证照夹的备份文件，或者文件已损坏。没有更改任何内容。',
  'error.backup/passphrase':
    '恢复码打不开这个备份。请核对恢复码，并确认它和这个文件是同一次备份的。',
  'error.backup/too-large': '文件超过 64 MB，不是证照夹的备份。没有读取。',
  'error.backup/version': '这个备份由更新版本的证照夹制作，请更新后再恢复。',
  'error.key/elsewhere': '这张证照的密钥不在这台设备上，不能出示。请重新领取。',
  'error.copy/too-long': '加注件的期限超过了允许的范围。',
  'error.auth/required': '登录已过期，请重新登录。',
  'error.http/rate-limited': '尝试次数过多，请过几分钟再试。',
  'error.licence/not-found': '您的账号名下没有这张证照。',
  'error.licence/revoked': '这张证照已被吊销，不能再领取。',
  'error.sign-in/code': '登录已过期，请重新登录。',
  'error.sign-in/level': '您的账号还没有完成实名认证。请先在身份认证服务完成实名，再来登录。',
  'error.sign-in/not-recent':
    '为了安全，领到手机、换手机、报失要在登录后 5 分钟内办。请重新登录，再接着办。',
  'error.sign-in/refused': '身份认证服务没有确认您的身份，或者您取消了登录。',
  'error.sign-in/state': '登录中断或用时过长，请重新登录。',
  'error.sign-in/unavailable':
    '现在不能登录：身份认证服务没有应答，或者这里没有开通登录。请稍后再试，或到发证机关办理。',
} as const

/** A key of the errors. */
export type ErrorMessage = keyof typeof zh

const en: Record<ErrorMessage, string> = {
  'error.offer/not-an-offer': 'This is not a code or link for receiving a licence.',
  'error.offer/format': 'The link is incomplete or damaged. Please get it again.',
  'error.offer/by-reference': 'This kind of link is not supported. Ask the agency for another.',
  'error.offer/grant': 'This way of receiving is not supported. Ask the agency for a code.',
  'error.offer/issuer-not-allowed': 'The issuing service is not in the trust list. Stopped.',
  'error.offer/code-format': 'The code has the wrong length or form.',
  'error.offer/code-refused':
    'The code is wrong, already used or expired. Check it and try again, or ask for another.',
  'error.offer/used':
    'This offer has been used. If the licence is on this device already, nothing more is needed; else ask the agency for another.',
  'error.offer/locked': 'Too many wrong tries: this code is locked. Ask the agency for another.',
  'error.offer/wrong-code': 'The code is wrong. Check it and try again.',
  'error.offer/unknown': 'The issuing service does not know this code. Check the link.',
  'error.offer/withdrawn': 'The agency has withdrawn this code.',
  'error.offer/different-licences':
    'The two credentials do not state the same licence. Nothing was stored.',
  'error.offer/expired': 'This code has expired. Ask the agency for another.',
  'error.offer/securings': 'The service does not offer both forms of the credential.',
  'error.offer/session-expired': 'Receiving took too long. Open the link again.',
  'error.network/unreachable':
    'The issuing service cannot be reached. Check the network and try again; finished steps are kept.',
  'error.network/timeout':
    'The issuing service did not answer in time. Try again; finished steps are kept.',
  'error.network/busy': 'Too many tries. Wait a few minutes.',
  'error.network/server': 'The issuing service is not available at the moment. Try again later.',
  'error.network/not-json':
    'The answer did not come from the issuing service. On public Wi-Fi, sign in to it first and try again.',
  'error.network/too-large': 'The answer of the issuing service is too large. Stopped.',
  'error.network/refused': 'The issuing service refused the request.',
  'error.issuer/metadata': 'The issuing service describes itself incompletely. Stopped.',
  'error.issuer/answer': 'The answer of the issuing service does not follow the standard. Stopped.',
  'error.issuer/refused': 'The issuing service refused the request. Please contact the agency.',
  'error.issuer/nonce-refused': 'The issuing service refused the signature. Try again.',
  'error.issuer/deferred': 'The licence is not ready yet. Try again later.',
  'error.request/closed': 'This request was answered or declined already.',
  'error.request/expired': 'This request is over. Ask the office for a new link.',
  'error.request/link': 'This is not a link for showing licences.',
  'error.request/not-found': 'The office does not know this request; it may be over.',
  'error.request/origin':
    'This address is none that this wallet may speak to. Nobody was contacted.',
  'error.credential/wrong-type':
    'What came is not the kind of licence that the offer named. Not stored.',
  'error.holder/mismatch': 'The credential is not made out to this device’s key. Not stored.',
  'error.key/storage':
    'This browser cannot keep signing keys. Use another browser, or leave the private window.',
  'error.key/passcode': 'The passcode is wrong or shorter than 6 characters.',
  'error.storage/corrupt':
    'A stored record cannot be opened. See to it under “My licences” and “History” first.',
  'error.storage/newer': 'A newer wallet stored these data. Update the wallet and try again.',
  'error.storage/quota': 'There is no room left; nothing was stored. Your licences are unharmed.',
  'error.storage/unavailable':
    'The storage cannot be opened. Close other wallet windows and try again.',
  'error.qr/too-big': 'That is too much for one code.',
  'error.backup/corrupt':
    'This is not a backup of the wallet, or the file is damaged. Nothing was changed.',
  'error.backup/passphrase':
    'This recovery code does not open the backup. Check the code, and that it was made with this file.',
  'error.backup/too-large':
    'The file is larger than 64 MB: it is no backup of the wallet. It was not read.',
  'error.backup/version': 'A newer wallet made this backup. Update the wallet, then restore it.',
  'error.key/elsewhere':
    'The key of this licence is not on this device, so it cannot be shown. Receive it again.',
  'error.copy/too-long': 'The copy would last longer than allowed.',
  'error.auth/required': 'The session is over. Please sign in again.',
  'error.http/rate-limited': 'Too many tries. Wait a few minutes.',
  'error.licence/not-found': 'There is no such licence in your name.',
  'error.licence/revoked': 'This licence was revoked; it cannot be received.',
  'error.sign-in/code': 'The sign-in is over. Please sign in again.',
  'error.sign-in/level':
    'Your account has no proven real name. Prove it with the identity service first, then sign in.',
  'error.sign-in/not-recent':
    'To be safe, receiving and moving licences and reporting a lost phone need a sign-in of the last five minutes. Please sign in again to go on.',
  'error.sign-in/refused': 'The identity service did not confirm who you are, or you went back.',
  'error.sign-in/state': 'The sign-in was interrupted or took too long. Please sign in again.',
  'error.sign-in/unavailable':
    'Signing in is not possible: the identity service does not answer, or there is none here. Try later, or go to the agency.',
}

const catalogue: Catalogue<ErrorMessage> = defineMessages<ErrorMessage>(zh, en)

/** Gives a text of the errors in the current language. */
export const we: Translate<ErrorMessage> = translator(catalogue)

/** Whether the wallet has words of its own for `error.<code>`. */
export function hasErrorWords(key: string): key is ErrorMessage {
  return Object.hasOwn(zh, key)
}

/** The texts that every face's help shares. zh-CN is the source. */

import { defineMessages, type Translate, translator } from './language.ts'

const zh = {
  title: '帮助',
  verdicts: '核验结果是什么意思',
  'valid.word': '绿色 · 有效',
  'valid.means':
    '名单上的机关签发了这些内容；持证人的证照夹刚刚签名出示；截至所示时间，证照没有被吊销或暂停。',
  'valid.do': '个人证照请核对面前的人是否就是证照上的人：密钥只能证明密钥。',
  'caution.word': '黄色 · 请留意',
  'caution.means':
    '内容真实，但出示方式较弱（加注件或纸质码，谁都可以转交或复印），或者所用的状态数据较旧，或者三十天内到期。',
  'caution.do':
    '请核对身份证件；加注件还要看注明的单位、用途和期限。数据较旧时请联网更新后再核验。',
  'lapsed.word': '红色 · 曾经真实，现在不能用',
  'lapsed.means':
    '证照已过期、被暂停，已失效（吊销、注销、换了新版），或者这份加注件不是给本单位的。',
  'lapsed.do': '请勿据此办理，并把屏幕上的原因告诉持证人。',
  'forged.word': '深红色 · 不真实',
  'forged.means': '内容被改动、签名不符，或者同一个码已经在这里出示过。',
  'forged.do': '请勿据此办理。请持证人当面重新出示；再次不通过，按本单位的规定上报。',
  'unverifiable.word': '灰色 · 无法核验',
  'unverifiable.means':
    '下不了结论：发证机关不在名单上、信任数据太旧、时钟不一致，或者扫到的不是证照码。',
  'unverifiable.do': '灰色不是有效，也不是伪造。请按屏幕上的提示再试，或用其他办法核实。',
  limits:
    '核验不能发现：有人在一分钟之内通过视频转播别人的实时码；上次更新之后才发生的吊销。结果总会写明数据截至什么时间。',
  sealed: '盖章文件',
  'sealed.what':
    '单位用电子印章给文件盖章，就是用印章的密钥对文件的每一个字节签名，并写明谁盖的、什么时候、凭哪次审批、什么用途。核验时选择或拖入文件即可。',
  'sealed.pdf': 'PDF 的印章在文件里面，给出 PDF 就够了。',
  'sealed.file':
    '其他文件的印章在旁边的签章文件里，名称是原名加 .seal，例如“合同.docx”和“合同.docx.seal”。两个一起给；转发时也要一起转发，都不要改动。',
  'sealed.stays': '文件不离开这台设备：不上传，不保存，断网也能核验。',
  'sealed.picture':
    '页面上看得见的红色印章只是一张图，谁都可以复制、打印、画上去。只看图、只看打印件或截图，什么也证明不了；要看这里的核验结果。',
  'sealed.colours': '核验盖章文件时，颜色是这个意思：',
  'sealed.valid': '印章真实、在用，盖章后一个字节都没有改动。',
  'sealed.caution': '印章和内容都对，但所用的状态数据较旧；请联网更新后再核验。',
  'sealed.lapsed': '印章是真实的，但已撤销、停用，或盖章时不在有效期内。',
  'sealed.forged': '内容有改动，签章不是给这个文件的，或者签名不符。请勿据此办理，向用印单位核实。',
  'sealed.unverifiable':
    '下不了结论：印章的制作单位不在名单上、数据太旧、时间不对，或文件读不出来。',
  'sealed.limits':
    '核验说明谁在什么时候给这些字节盖了章，不说明内容是否属实。盖章时间按印章服务器的时钟，除非附有时间戳。',
  kept: '什么内容保存在哪里',
  erase: '怎样清除',
  'erase-browser':
    '在浏览器设置里清除本网站的数据，会删除本网站在这台设备上的全部内容，包括上面各项。',
} as const

/** A key of the help's texts. */
export type HelpMessage = keyof typeof zh

const en: Record<HelpMessage, string> = {
  title: 'Help',
  verdicts: 'What a result means',
  'valid.word': 'Green · valid',
  'valid.means':
    'An agency of the list stated these facts, the holder’s wallet signed just now, and the licence was neither revoked nor suspended as of the time shown.',
  'valid.do':
    'For the licence of a person, see whether this is the person it names: a key proves a key.',
  'caution.word': 'Amber · caution',
  'caution.means':
    'The facts are genuine, but the way of showing is a weaker one (a copy or a paper code, which anybody can pass on), or the status data are old, or the licence ends within thirty days.',
  'caution.do':
    'Ask for identity; for a copy, read its office, use and last day. With old data, refresh and check again.',
  'lapsed.word': 'Red · genuine once, not in force',
  'lapsed.means':
    'The licence expired, is suspended, revoked or replaced, or the copy is not for this office.',
  'lapsed.do': 'Do not act on it, and tell the holder the reason on the screen.',
  'forged.word': 'Dark red · not genuine',
  'forged.means':
    'Something was altered, a signature does not hold, or this very code was shown here before.',
  'forged.do':
    'Do not act on it. Ask the holder to show the licence anew; if it is refused again, report it as your office does.',
  'unverifiable.word': 'Grey · cannot verify',
  'unverifiable.means':
    'We cannot say: the issuer is not on the list, the trust data are too old, clocks differ, or what was scanned is no licence code.',
  'unverifiable.do':
    'Grey is neither valid nor forged. Do what the screen says and try again, or find out by other means.',
  limits:
    'A check cannot notice somebody’s live code relayed by video within its minute, nor a revocation later than the last refresh. A result always says as of when it speaks.',
  sealed: 'Sealed files',
  'sealed.what':
    'An organisation seals a file by signing each of its bytes with the key of its seal, and states who, when, under which approval and what for. Choose or drop the file to check it.',
  'sealed.pdf': 'A PDF carries its seals inside: the PDF is enough.',
  'sealed.file':
    'The seals of any other file stand beside it, in a seal file of the same name and .seal, such as “contract.docx” and “contract.docx.seal”. Give both; pass both on, and change neither.',
  'sealed.stays':
    'The file stays on this device: nothing is sent or stored, and no network is needed.',
  'sealed.picture':
    'The red seal that is seen on a page is a picture, which anybody can copy, print or paint. A picture, a print or a screenshot alone proves nothing: the result here does.',
  'sealed.colours': 'On a sealed file the colours mean:',
  'sealed.valid': 'The seal is genuine and in use, and not a byte changed since.',
  'sealed.caution':
    'Seal and content are right, but the status data are old: refresh and check again.',
  'sealed.lapsed':
    'The seal is genuine, but it is revoked or suspended, or was used outside its period.',
  'sealed.forged':
    'The content was changed, the seal is for another file, or a signature does not hold. Do not act on it; ask the organisation that sealed.',
  'sealed.unverifiable':
    'We cannot say: the seal’s maker is not on the list, the data are too old, a clock is wrong, or the file cannot be read.',
  'sealed.limits':
    'A check tells who sealed these bytes and when, not whether what they say is true. The time is that of the seal server’s clock, unless a time-stamp proves it.',
  kept: 'What is kept where',
  erase: 'How to erase it',
  'erase-browser':
    'Clearing this site’s data in the browser’s settings deletes everything this site keeps on this device, all of the above included.',
}

/** The help's texts in both languages. */
export const helpMessages: ReturnType<typeof defineMessages<HelpMessage>> =
  defineMessages<HelpMessage>(zh, en)

/** Gives a text of the help in the current language. */
export const thelp: Translate<HelpMessage> = translator(helpMessages)

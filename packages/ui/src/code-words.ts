/** Error codes in words a clerk or a citizen understands. */

import type { ErrorCode } from '@onetrip/codec'
import { type Localised, localised } from './language.ts'
import { reasonWords } from './reason-words.ts'

/** Why, in the current language; a code without words of its own is named as it is. */
export function reasonFor(code: ErrorCode): string {
  const unknown = { 'zh-CN': `未能完成（${code}）。`, en: `Not done (${code}).` }
  return localised(reasonWords(code) ?? unknown)
}

const SHOW_AGAIN: Localised = {
  'zh-CN': '请持证人在证照夹中重新出示实时码；截图和翻拍不能使用。',
  en: 'Ask the holder to show a live code from the wallet again; screenshots do not work.',
}
const REFRESH: Localised = {
  'zh-CN': '请联网后点“更新”，或导入核验数据包，再扫一次。',
  en: 'Connect and refresh the trust data, or import a pack, and scan again.',
}
const CHECK_IDENTITY: Localised = {
  'zh-CN': '请核对来人的身份证件。',
  en: 'Ask for an identity document.',
}
const ASK_ISSUER: Localised = {
  'zh-CN': '请持证人联系发证机关。',
  en: 'Refer the holder to the issuer.',
}
const ASK_FOR_NEXT: Localised = {
  'zh-CN': '请持证人出示新版；没有新版的，请其联系发证机关。',
  en: 'Ask for its next version; a holder who has none is referred to the issuer.',
}
const ASK_PRINCIPAL: Localised = {
  'zh-CN': '请代办人联系持证人，重新委托。',
  en: 'Ask the delegate to get a new delegation from the holder.',
}
const SET_CLOCK: Localised = {
  'zh-CN': '请校准本机和持证人手机的时间，再请其重新出示。',
  en: 'Set the clocks of this device and of the holder’s phone, then ask for a new code.',
}
const LIVE_AGAIN: Localised = {
  'zh-CN': '请持证人当面重新出示；若仍然如此，再核对两台设备的时间。',
  en: 'Ask the holder to show it again here; if it stays so, check the clocks of both devices.',
}
const SCAN_AGAIN: Localised = {
  'zh-CN': '请擦净镜头、调亮屏幕后再扫一次。',
  en: 'Clean the lens, brighten the screen and scan again.',
}
const SCAN_ALL: Localised = {
  'zh-CN': '请对准一个动态码，直到全部读完。',
  en: 'Scan one animated code until all of it was read.',
}
const REFUSE: Localised = {
  'zh-CN': '请勿据此办理；请持证人重新出示，仍不通过则按规定上报。',
  en: 'Do not rely on it. Ask for a new code; if it fails again, report it as your rules say.',
}

const SET_OWN_CLOCK: Localised = {
  'zh-CN': '请校准本机的时间，再打开一次文件。',
  en: 'Set the clock of this device and open the file again.',
}
const OPEN_AGAIN: Localised = {
  'zh-CN': '请联网后点“更新”，或导入核验数据包，再打开一次文件。',
  en: 'Connect and refresh the trust data, or import a pack, and open the file again.',
}
const ASK_SEALER: Localised = {
  'zh-CN': '请向用印单位核实，或请其重新用印。',
  en: 'Ask the organisation that sealed, or have it seal again.',
}
const KEEP_BOTH: Localised = {
  'zh-CN': '请取得原文件和它的签章文件，名称和内容都不要改动。',
  en: 'Get the original file and its seal file, with neither name nor content changed.',
}

const SEAL_FILE_AGAIN: Localised = {
  'zh-CN': '请向用印单位重新索取签章文件。',
  en: 'Ask the organisation that sealed for its seal file again.',
}

const COMPARE: Localised = {
  'zh-CN': '请把页面上的文字同下面的证照内容逐项对照，并核对来人的身份证件。',
  en: 'Compare the text on the pages with the licence below, and ask for an identity document.',
}

const RELY_ON_NOTHING: Localised = {
  'zh-CN': '请勿据此办理；请向用印单位核实，并按规定上报。',
  en: 'Do not rely on it. Ask the organisation that sealed, and report it as your rules say.',
}

const NEXT_STEPS: Readonly<Partial<Record<ErrorCode, Localised>>> = {
  'clock/differs': LIVE_AGAIN,
  'clock/rolled-back': SET_CLOCK,
  'credential/expired': SHOW_AGAIN,
  'delegation/expired': ASK_PRINCIPAL,
  'delegation/matter': ASK_PRINCIPAL,
  'delegation/revoked': ASK_PRINCIPAL,
  'delegation/too-long': ASK_PRINCIPAL,
  'issuer/unknown': REFRESH,
  'key-binding/issued-at': {
    'zh-CN': '回答有效；请校准本机和持证人手机的时间。',
    en: 'The answer holds. Set the clocks of this device and of the holder’s phone.',
  },
  'key-binding/missing': SHOW_AGAIN,
  'key/unknown': REFRESH,
  'licence-seal/unknown': REFRESH,
  'licence/expired': ASK_ISSUER,
  'presentation/copy': CHECK_IDENTITY,
  'presentation/copy-expired': SHOW_AGAIN,
  'presentation/expired': SHOW_AGAIN,
  'presentation/mode': SHOW_AGAIN,
  'presentation/paper': CHECK_IDENTITY,
  'presentation/recipient': SHOW_AGAIN,
  'presentation/recipient-by-name': CHECK_IDENTITY,
  'presentation/replayed': SHOW_AGAIN,
  'qr/encoding': SCAN_AGAIN,
  'qr/frames-incomplete': SCAN_ALL,
  'qr/frames-mixed': SCAN_ALL,
  'recognition/type-not-accepted': ASK_ISSUER,
  'seal/digest-mismatch': KEEP_BOTH,
  'seal/expired': ASK_ISSUER,
  'seal/from-future': SET_OWN_CLOCK,
  'seal/length-mismatch': KEEP_BOTH,
  'seal/maker-unknown': OPEN_AGAIN,
  'seal/media-type-mismatch': KEEP_BOTH,
  'seal/not-yet-valid': ASK_ISSUER,
  'seal/revoked': ASK_ISSUER,
  'seal/suspended': ASK_ISSUER,
  'status/expired': REFRESH,
  'status/revoked': ASK_FOR_NEXT,
  'status/stale': REFRESH,
  'status/suspended': ASK_ISSUER,
  'status/unavailable': REFRESH,
  'trust/expired': REFRESH,
  'trust/stale': REFRESH,
  'type/unknown': REFRESH,
}

/** What a sealed file asks for in place of a licence's step. */
const DOCUMENT_STEPS: Readonly<Partial<Record<ErrorCode, Localised>>> = {
  'clock/rolled-back': SET_OWN_CLOCK,
  'document/facts-not-compared': COMPARE,
  'issuer/unknown': OPEN_AGAIN,
  'key/unknown': OPEN_AGAIN,
  'seal/expired': ASK_SEALER,
  'seal/not-yet-valid': ASK_SEALER,
  'seal/revoked': ASK_SEALER,
  'seal/suspended': ASK_SEALER,
  'licence/expired': ASK_ISSUER,
  'presentation/paper': CHECK_IDENTITY,
  'status/expired': OPEN_AGAIN,
  'status/revoked': ASK_FOR_NEXT,
  'status/stale': OPEN_AGAIN,
  'status/suspended': ASK_ISSUER,
  'status/unavailable': OPEN_AGAIN,
  'timestamp/imprint': SEAL_FILE_AGAIN,
  'timestamp/signature': SEAL_FILE_AGAIN,
  'timestamp/signer-unknown': OPEN_AGAIN,
  'trust/expired': OPEN_AGAIN,
  'trust/stale': OPEN_AGAIN,
  'type/unknown': OPEN_AGAIN,
}

/** The one next step of whoever sees this code on a sealed file, in the current language. */
export function documentStepFor(code: ErrorCode, outcome: string): string | undefined {
  const own = DOCUMENT_STEPS[code] ?? (code.startsWith('seal/') ? NEXT_STEPS[code] : undefined)
  if (own !== undefined) return localised(own)
  return outcome === 'invalid' ? localised(RELY_ON_NOTHING) : undefined
}

/** The one next step of a clerk who sees this code, in the current language. */
export function nextStepFor(code: ErrorCode, outcome: string): string | undefined {
  const own = NEXT_STEPS[code]
  if (own !== undefined) return localised(own)
  return outcome === 'invalid' ? localised(REFUSE) : undefined
}

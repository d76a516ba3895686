/**
 * The reasons in zh-CN, the source. A verdict's code without words does not compile; codes of the
 * server and of the wallet's own acts are put into words where they are met.
 */

import type { ErrorCode } from '@onetrip/codec'
import type { VerdictCode } from '@onetrip/verifier'

const DAMAGED = '数据不完整或被改动过。'
const TOO_LARGE = '数据超出允许的大小。'
const BROKEN_SIGNATURE = '签名结构不正确，数据可能被改动过。'
const ALTERED = '签名与内容不符：内容被改动过，或不是所称的机关或单位签的。'
const BAD_DISCLOSURE = '出示的字段与发证时封存的不一致。'
const BAD_CLAIM = '证照内容不符合该类证照的规定。'
const BAD_BINDING = '持证人的出示签名格式不正确。'
const BAD_STATUS = '状态数据不可用，无法得知是否被吊销或撤销。'
const BAD_KEY = '信任数据中的密钥不可用。'
const BAD_JSON = '数据格式不正确。'

const NO_STAMP = '不作数；用印时间只以印章服务器的时间为准。'
const NOT_OF_SEALING = '签章文件在盖章之后被人改动过；所盖的文件和印章并不因此改变。'

type Known<Code extends ErrorCode> = Code

/** A code that the shared components explain: every code of a verdict, of trust data and of packs. */
export type ExplainedCode =
  | VerdictCode
  | Extract<ErrorCode, `trust/${string}` | `pack/${string}`>
  | Known<
      | 'copy/too-long'
      | 'issuer/key-mismatch'
      | 'licence/identifier'
      | 'qr/too-big'
      | 'status/bits'
      | 'status/format'
      | 'status/from-future'
      | 'status/rollback'
      | 'status/subject'
      | 'status/too-large'
    >

/** Why, in zh-CN. */
export const codeWordsZh: Readonly<Record<ExplainedCode, string>> = {
  'algorithm/not-allowed': '签名算法不在允许之列。',
  'cbor/duplicate-key': DAMAGED,
  'cbor/float-not-allowed': DAMAGED,
  'cbor/indefinite-length': DAMAGED,
  'cbor/integer-range': DAMAGED,
  'cbor/key-not-allowed': DAMAGED,
  'cbor/limit': TOO_LARGE,
  'cbor/malformed': DAMAGED,
  'cbor/not-canonical': DAMAGED,
  'cbor/simple-not-allowed': DAMAGED,
  'cbor/tag-not-allowed': DAMAGED,
  'cbor/too-deep': TOO_LARGE,
  'cbor/trailing-bytes': DAMAGED,
  'cbor/truncated': '码不完整，只读到一部分。',
  'certificate/expired': '用印时印章密钥的证书已过期。',
  'certificate/format': '印章密钥的证书格式不正确。',
  'certificate/issuer': '签名所附的证书不是信任名单中印章制作单位的证书，无法判断真伪。',
  'certificate/not-yet-valid': '用印时印章密钥的证书尚未生效。',
  'claim/format': BAD_CLAIM,
  'claim/missing': '证照缺少必须出示的内容。',
  'claim/unknown': BAD_CLAIM,
  'clock/differs': '出示时间与本机时间相差超过一分钟：可能是截图，也可能是两台设备的时间不一致。',
  'clock/rolled-back': '本机时间早于已签名的数据，时间不可信。',
  'cms/digest-mismatch': '内容与用印时不一致：PDF 的签名与文件不符，文件被改动过。',
  'cms/format': 'PDF 中的签名格式不正确，可能被改动过。',
  'copy/too-long': '加注件的使用期限超出允许的 90 天或证照本身的期限。',
  'cose/algorithm-missing': BROKEN_SIGNATURE,
  'cose/algorithm-unprotected': BROKEN_SIGNATURE,
  'cose/critical-header': '签名要求本程序不支持的处理方式。',
  'cose/duplicate-header': BROKEN_SIGNATURE,
  'cose/no-payload': BROKEN_SIGNATURE,
  'cose/wrong-tag': BROKEN_SIGNATURE,
  'cose/wrong-type': BROKEN_SIGNATURE,
  'credential/expired': '这份电子凭证已过期；证照本身可能仍有效，请在证照夹中更新。',
  'credential/format': '电子凭证的格式不正确。',
  'credential/not-yet-valid': '这份电子凭证尚未生效。',
  'credential/wrong-type': '这不是证照的出示，而是其他种类的数据。',
  'der/limit': 'PDF 中的签名超出允许的大小。',
  'der/malformed': 'PDF 中的签名不完整或被改动过。',
  'der/not-canonical': 'PDF 中的签名格式不正确，可能被改动过。',
  'encoding/base64url': DAMAGED,
  'format/unsupported': '本程序不支持这种格式。',
  'holder/mismatch': '凭证不属于这个证照夹的密钥。',
  'issuer/key-mismatch': '签名密钥不属于所称的发证机关。',
  'issuer/type-not-allowed': '该机关无权签发这类证照。',
  'issuer/unknown': '发证机关不在信任名单中，无法判断真伪。',
  'json/duplicate-key': BAD_JSON,
  'json/format': BAD_JSON,
  'json/key-not-allowed': BAD_JSON,
  'json/limit': TOO_LARGE,
  'json/number-range': BAD_JSON,
  'json/too-deep': TOO_LARGE,
  'jws/critical-header': '签名要求本程序不支持的处理方式。',
  'jws/format': BROKEN_SIGNATURE,
  'jws/limit': TOO_LARGE,
  'key-binding/audience': '这次出示不是给本窗口的。',
  'key-binding/format': BAD_BINDING,
  'key-binding/missing': '没有持证人的出示签名：这只是凭证文件，任何人都可能持有。',
  'key-binding/nonce': '这次出示不是对本窗口请求的回答。',
  'key-binding/sd-hash': '出示签名与出示的内容不符。',
  'key-binding/signature': '出示签名不是持证人的密钥所签。',
  'key-binding/type': BAD_BINDING,
  'key/format': BAD_KEY,
  'key/outside-validity': '签发时该密钥不在有效期内。',
  'key/revoked': '签发所用的密钥已被撤销。',
  'key/unknown': '信任名单中没有该机关或单位的这把密钥，无法判断真伪。',
  'key/weak': BAD_KEY,
  'licence-seal/owner': '签发时所用的印章不是签发机关的印章。',
  'licence-seal/unknown': '签发时所用的印章在备案中查不到：核验数据可能不全，或印章尚未备案。',
  'licence/expired': '证照已超过有效期。',
  'licence/identifier': '证照标识不符合编码规则。',
  'licence/not-yet-valid': '证照尚未到生效日期。',
  'pack/base-missing': '这是增量包，本机还没有它所依据的数据。',
  'pack/format': '这个文件不是核验数据包，或已损坏。',
  'pack/member': '核验数据包里有损坏的内容，请重新取得。',
  'pack/not-current': '本机的核验数据不完整，暂时不能导出；请先联网更新。',
  'pack/too-large': '核验数据包超出允许的大小，未采用。',
  'pack/truncated': '核验数据包不完整，可能没有传完；请重新取得。',
  'pdf/active-content': 'PDF 中含有脚本或会改变显示内容的动作，看到的未必是用印时的内容。',
  'pdf/byte-range': 'PDF 的签名没有覆盖整个文件。',
  'pdf/dangling-reference': 'PDF 引用了不存在的内容，之后可能被人补入，无法判断。',
  'pdf/encrypted': '这个 PDF 已加密，无法核验。',
  'pdf/foreign-signature': 'PDF 中另有其他签名，本程序不核验那些签名。',
  'pdf/format': 'PDF 文件已损坏、被改动过，或不是本程序能读的形式。',
  'pdf/limit': 'PDF 内部结构超出允许的大小，无法核验。',
  'pdf/newer-writer': 'PDF 中的印章由更新版本的程序写入，请更新本程序后再核验。',
  'pdf/not-sealed': '这个 PDF 没有本程序能核验的印章。',
  'pdf/other-revision': 'PDF 在用印之外又被改动并保存过。',
  'pdf/shadow-object': 'PDF 中藏有未列出的内容，无法判断。',
  'pdf/too-large': 'PDF 文件超出允许的大小。',
  'pdf/trailing-bytes': 'PDF 末尾有签名没有覆盖的内容。',
  'pdf/update-differs': 'PDF 中的印章被改动过，不是用印时写入的样子。',
  'pdf/xref': 'PDF 的内部索引已损坏或被改动过。',
  'presentation/copy': '这是持证人出具的加注件，仅限注明的用途和期限。',
  'presentation/copy-expired': '加注件已超过注明的使用期限。',
  'presentation/expired': '实时码已过时，可能是截图。',
  'presentation/mode': '此处不接受这种出示方式。',
  'presentation/paper': '这是机关打印的纸质证照码，不能证明来人就是持证人。',
  'presentation/recipient': '这份加注件是出具给其他单位的。',
  'presentation/recipient-by-name': '这份加注件是按名称出具的，请确认就是本单位。',
  'presentation/replayed': '这个码在本机已经扫过一次。',
  'qr/encoding': '二维码内容读取有误或被改动。',
  'qr/limit': TOO_LARGE,
  'qr/not-a-credential': '这不是证照码（可能是网址或其他用途的二维码），未打开任何内容。',
  'qr/too-big': '内容过多，放不进一个二维码；请少选几项。',
  'recognition/type-not-accepted': '发证地区已获互认，但这类证照不在互认范围内。',
  'sd-cwt/claim-key': BAD_DISCLOSURE,
  'sd-cwt/disclosure': BAD_DISCLOSURE,
  'sd-cwt/duplicate-digest': BAD_DISCLOSURE,
  'sd-cwt/hash-algorithm': '凭证所用的摘要算法不在允许之列。',
  'sd-cwt/limit': TOO_LARGE,
  'sd-cwt/required-claim-hidden': '凭证隐藏了必须公开的内容。',
  'sd-cwt/unreferenced-disclosure': BAD_DISCLOSURE,
  'sd-jwt/claim-name': BAD_DISCLOSURE,
  'sd-jwt/disclosure': BAD_DISCLOSURE,
  'sd-jwt/duplicate-digest': BAD_DISCLOSURE,
  'sd-jwt/format': '电子凭证的格式不正确。',
  'sd-jwt/hash-algorithm': '凭证所用的摘要算法不在允许之列。',
  'sd-jwt/limit': TOO_LARGE,
  'sd-jwt/required-claim-hidden': '凭证隐藏了必须公开的内容。',
  'sd-jwt/unexpected-key-binding': '发证机关给出的凭证里已带有出示签名，未保存。',
  'sd-jwt/unreferenced-disclosure': BAD_DISCLOSURE,
  'seal/appearance-mismatch': '显示的印章图样与用印时记录的不一致。',
  'seal/covered-invalid': '它所确认的在先签章没有通过核验，因此无法判断。',
  'seal/covers': '它所确认的在先签章不在这里，签章数据被改动过。',
  'seal/digest-mismatch': '内容与用印时不一致：文件被改动过，或这份签章不是给这个文件的。',
  'seal/expired': '用印时印章已过有效期。',
  'seal/format': '签章数据不完整或被改动过。',
  'seal/forms-differ': '签章数据的两种形式说法不一，被改动过。',
  'seal/from-future': '用印时间晚于本机时间：本机时间可能偏慢。',
  'seal/image-format': '印章图样不是本程序能显示的形式，无法核对。',
  'seal/image-mismatch': '印章图样被换过，不是印章制作单位签过的那一幅。',
  'seal/key-not-listed': '用印的密钥不是这枚印章的密钥。',
  'seal/length-mismatch': '文件长度与用印时不一致。',
  'seal/maker-unknown': '印章制作单位不在信任名单中，无法判断真伪。',
  'seal/media-type-mismatch': '文件类型与用印时不一致，可能改过扩展名。',
  'seal/missing': '签章数据中缺少所用的印章。',
  'seal/not-yet-valid': '用印时印章尚未启用。',
  'seal/revoked': '印章已被撤销或注销；没有证据表明使用在此之前。',
  'seal/suspended': '印章已被暂停使用；没有证据表明使用在此之前。',
  'seal/too-large': '签章数据超出允许的大小。',
  'seal/wrong-type': '这不是签章数据，而是其他种类的数据。',
  'signature/format': BROKEN_SIGNATURE,
  'signature/invalid': ALTERED,
  'status/bits': BAD_STATUS,
  'status/expired': '状态数据已过期，无法得知是否被吊销或撤销。',
  'status/format': BAD_STATUS,
  'status/from-future': '状态数据的签发时间在将来，未采用。',
  'status/index': BAD_STATUS,
  'status/issuer-mismatch': '状态数据不是发证机关或印章制作单位签发的，未采用。',
  'status/revoked': '证照已被发证机关吊销或注销。',
  'status/rollback': '收到的状态数据比已有的旧，未采用。',
  'status/stale': '真实有效，但状态数据较旧，最近的变动可能还未收到。',
  'status/subject': BAD_STATUS,
  'status/suspended': '证照已被发证机关暂停使用。',
  'status/too-large': BAD_STATUS,
  'status/unavailable': '本机没有相应的状态数据，无法得知是否被吊销或撤销。',
  'status/unknown-value': '状态是本程序不认识的值。',
  'text/encoding': DAMAGED,
  'time/format': '数据中的时间格式不正确。',
  'timestamp/accuracy': `时间戳的误差超过一分钟，${NO_STAMP}`,
  'timestamp/expired': `时间戳所说的时间不在其证书的有效期内，${NO_STAMP}`,
  'timestamp/format': `时间戳读不出来，或本程序不认识它的算法，${NO_STAMP}`,
  'timestamp/imprint': `所附的时间戳是别的签章的：${NOT_OF_SEALING}`,
  'timestamp/key-usage': `时间戳的证书不是专门签发时间戳的，${NO_STAMP}`,
  'timestamp/signature': `所附的时间戳是伪造的或被改动过：${NOT_OF_SEALING}`,
  'timestamp/signer-unknown': `出具时间戳的机构不在信任名单中，${NO_STAMP}`,
  'trust/expired': '本机的信任数据已过期，无法判断真伪。',
  'trust/expired-metadata':
    '收到的核验数据按本机时间已过期，未采用：可能是数据太旧，也可能是本机时间偏快。',
  'trust/file-missing': '收到的核验数据缺少文件，未采用；稍后会再试。',
  'trust/format': '信任数据的格式不正确。',
  'trust/hash-mismatch': '收到的核验数据与签名的摘要不符，未采用。',
  'trust/length-mismatch': '收到的核验数据与签名的长度不符，未采用。',
  'trust/role-missing': '核验数据缺少一部分签名文件，未采用。',
  'trust/rollback': '收到的信任数据比已有的旧，未采用。',
  'trust/stale': '真实有效，但本机的信任数据较旧，该更新了。',
  'trust/target-missing': '核验数据中没有要找的文件。',
  'trust/threshold': '收到的核验数据没有足够的有效签名，未采用。',
  'trust/too-large': '收到的信任数据超出允许的大小，未采用。',
  'trust/unavailable': '没有信任数据，无法判断真伪。',
  'trust/version-mismatch': '收到的核验数据版本前后不一致，未采用。',
  'trust/wrong-environment': '信任数据属于另一套环境（如演示环境）。',
  'type/unknown': '本机没有这类证照的定义，无法核验。',
}

/** The reasons in English, over the same codes as zh-CN. */

import type { ExplainedCode } from './code-words-zh.ts'

const DAMAGED = 'The data are incomplete or were altered.'
const TOO_LARGE = 'The data are larger than allowed.'
const BROKEN_SIGNATURE = 'The signature is not built as it must be; the data may have been altered.'
const ALTERED =
  'The signature does not fit the content: it was altered, or the named issuer or seal maker did not sign it.'
const BAD_DISCLOSURE = 'The facts shown do not match what the issuer sealed.'
const BAD_CLAIM = 'The content does not fit the rules for this type of licence.'
const BAD_BINDING = 'The holder’s signature is not in the right form.'
const BAD_STATUS = 'The status data cannot be used, so we cannot tell whether it was revoked.'
const BAD_KEY = 'A key in the trust data cannot be used.'
const BAD_JSON = 'The data are not in the right form.'
const NO_STAMP = 'and does not count; the time of sealing rests on the seal server’s clock alone.'
const NOT_OF_SEALING =
  'the seal file was altered after sealing, which changes neither the sealed file nor the seal.'

/** Why, in English. */
export const codeWordsEn: Readonly<Record<ExplainedCode, string>> = {
  'algorithm/not-allowed': 'The signature algorithm is not allowed.',
  'answer/format': 'The answer is not in the right form.',
  'answer/missing': 'A material or a fact that this matter needs is still missing.',
  'answer/unasked': 'Something was shown that was not asked for; it was left out and is not used.',
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
  'cbor/truncated': 'The code is incomplete; only part of it was read.',
  'certificate/expired': 'The certificate of the seal’s key had expired when the seal was used.',
  'certificate/format': 'The certificate of the seal’s key is not in the right form.',
  'certificate/issuer':
    'The certificate with the signature is not one of the seal maker in the trust list, so we cannot tell.',
  'certificate/not-yet-valid':
    'The certificate of the seal’s key was not yet valid when the seal was used.',
  'claim/format': BAD_CLAIM,
  'claim/missing': 'Something that must be shown is missing.',
  'claim/unknown': BAD_CLAIM,
  'clock/differs':
    'Made more than a minute away from this device’s time: perhaps a screenshot, perhaps two clocks that differ.',
  'clock/rolled-back':
    'This device’s clock is behind data that are already signed; it cannot be trusted.',
  'cms/digest-mismatch':
    'The content is not what was sealed: the signature in the PDF does not fit the file, which was altered.',
  'cms/format': 'The signature in the PDF is not in the right form; it may have been altered.',
  'copy/too-long': 'The copy is meant to last longer than 90 days or than the licence itself.',
  'cose/algorithm-missing': BROKEN_SIGNATURE,
  'cose/algorithm-unprotected': BROKEN_SIGNATURE,
  'cose/critical-header': 'The signature asks for something this program does not support.',
  'cose/duplicate-header': BROKEN_SIGNATURE,
  'cose/no-payload': BROKEN_SIGNATURE,
  'cose/wrong-tag': BROKEN_SIGNATURE,
  'cose/wrong-type': BROKEN_SIGNATURE,
  'counter/denied': 'The office has denied this device.',
  'counter/expired': 'The enrolment of this device has ended.',
  'counter/format': 'The certificate of this device is not in the right form.',
  'counter/not-yet-valid':
    'The certificate of this device begins later than our clock; a clock may be wrong.',
  'counter/office-unknown': 'The trust list does not name this office, so we cannot tell.',
  'counter/too-long': 'The certificate of this device lasts longer than allowed.',
  'counter/wrong-type': 'What is attached is not the certificate of a counter.',
  'credential/expired':
    'This credential has expired; the licence itself may be in force. Renew it in the wallet.',
  'credential/format': 'The credential is not in the right form.',
  'credential/not-yet-valid': 'This credential is not valid yet.',
  'credential/wrong-type': 'This is not a licence being shown, but data of another kind.',
  'delegation/chained':
    'A delegation cannot be passed on: a delegate acts by what the holder gave to them alone.',
  'delegation/delegate': 'This delegation was given to another delegate.',
  'delegation/expired': 'The delegation is past its last day.',
  'delegation/matter': 'This delegation is for another matter.',
  'delegation/revoked': 'The delegation was taken back, or the licence was revoked.',
  'delegation/too-long':
    'The delegation lasts longer than ninety days, or longer than the credential.',
  'delegation/unnamed':
    'The delegate showed no licence with their own name, so we cannot tell who they are.',
  'der/limit': 'The signature in the PDF is larger than allowed.',
  'der/malformed': 'The signature in the PDF is incomplete or was altered.',
  'der/not-canonical':
    'The signature in the PDF is not in the right form; it may have been altered.',
  'document/facts-differ': 'The text on the pages is not what the licence code in the file states.',
  'document/facts-not-compared':
    'The text on the pages could not be read, so it was not compared with the licence code in the file.',
  'document/licence-code':
    'The licence code in the file cannot be read, or there are several, so the licence cannot be verified.',
  'encoding/base64url': DAMAGED,
  'format/unsupported': 'This program does not support this format.',
  'holder/mismatch': 'The credential does not belong to this wallet’s key.',
  'issuer/key-mismatch': 'The signing key does not belong to the issuer named.',
  'issuer/type-not-allowed': 'This issuer may not issue licences of this type.',
  'issuer/unknown': 'The issuer is not in the trust list; we cannot tell whether it is genuine.',
  'json/duplicate-key': BAD_JSON,
  'json/format': BAD_JSON,
  'json/key-not-allowed': BAD_JSON,
  'json/limit': TOO_LARGE,
  'json/number-range': BAD_JSON,
  'json/too-deep': TOO_LARGE,
  'jws/critical-header': 'The signature asks for something this program does not support.',
  'jws/format': BROKEN_SIGNATURE,
  'jws/limit': TOO_LARGE,
  'key-binding/audience': 'It was not shown to this counter.',
  'key-binding/format': BAD_BINDING,
  'key-binding/missing':
    'The holder did not sign for this showing: it is only the file, and anyone may have it.',
  'key-binding/issued-at':
    'It answers this request, but the time in it differs from this device’s by over a minute: check the clocks of both.',
  'key-binding/nonce': 'It does not answer this counter’s request.',
  'key-binding/sd-hash': 'The holder’s signature does not fit what is shown.',
  'key-binding/signature': 'It was not signed by the holder’s key.',
  'key-binding/transaction-data':
    'The holder’s key did not sign the matter that it was asked to sign.',
  'key-binding/type': BAD_BINDING,
  'key/format': BAD_KEY,
  'key/outside-validity': 'The issuer’s key was not in its period of use when it signed.',
  'key/revoked': 'The key that signed it has been withdrawn.',
  'key/unknown':
    'The trust list does not hold this key of the issuer; we cannot tell whether it is genuine.',
  'key/weak': BAD_KEY,
  'licence-seal/owner': 'The seal it was issued under is not one of its issuer.',
  'licence-seal/unknown':
    'The seal it was issued under is in no register: our data may not be whole, or the seal is not registered yet.',
  'licence/expired': 'The licence is past its last day.',
  'licence/identifier': 'The licence identifier does not follow its coding rules.',
  'licence/not-yet-valid': 'The licence’s first day has not come.',
  'log/fork':
    'The log has published records that contradict each other; those before go on. Tell whoever keeps the trust list.',
  'log/other-log':
    'The log receipt is of a log that the trust list does not name; we cannot tell whether the issuing is on record.',
  'log/other-root': 'The log receipt is not of this licence, or was altered.',
  'log/proof': 'The log receipt does not fit the shape of a log; it may have been altered.',
  'log/receipt': 'The log receipt is not in the right form.',
  'mdoc/digest': BAD_DISCLOSURE,
  'mdoc/doc-type': 'It is called another kind of licence than its issuer signed.',
  'mdoc/format': 'The credential is not in the right form.',
  'mdoc/licence-hidden': 'The credential hides something that must be open.',
  'pack/base-missing': 'This pack only adds to data that are not on this device.',
  'pack/format': 'This file is no pack of trust data, or it is damaged.',
  'pack/member': 'A part of the pack is damaged; please get the pack again.',
  'pack/not-current':
    'This device’s trust data are incomplete and cannot be passed on; connect and refresh first.',
  'pack/too-large': 'The pack is larger than allowed and was not used.',
  'pack/truncated': 'The pack is incomplete, perhaps cut short; please get it again.',
  'pdf/active-content':
    'The PDF holds scripts or actions that change what is shown; it may not be what was sealed.',
  'pdf/byte-range': 'The signature does not cover the whole PDF.',
  'pdf/dangling-reference':
    'The PDF refers to content that is not there and that somebody could supply, so we cannot tell.',
  'pdf/encrypted': 'This PDF is encrypted and cannot be verified.',
  'pdf/foreign-signature': 'The PDF holds other signatures too, which are not verified here.',
  'pdf/format': 'The PDF is damaged, was altered, or is of a form that this program does not read.',
  'pdf/limit': 'The PDF is more intricate than allowed and cannot be verified.',
  'pdf/newer-writer':
    'A seal in the PDF was made by a newer version of this program. Update and try again.',
  'pdf/not-sealed': 'This PDF has no seal that can be verified here.',
  'pdf/other-revision': 'The PDF was altered and saved again besides being sealed.',
  'pdf/shadow-object': 'The PDF hides content that it does not list, so we cannot tell.',
  'pdf/too-large': 'The PDF is larger than allowed.',
  'pdf/trailing-bytes': 'There is content at the end of the PDF that no signature covers.',
  'pdf/update-differs': 'A seal in the PDF was altered; it is not as it was written.',
  'pdf/xref': 'The index inside the PDF is damaged or was altered.',
  'presentation/copy': 'This is a copy made by the holder, for the stated use and period only.',
  'presentation/copy-expired': 'The copy is past its last day of use.',
  'presentation/delegation':
    'This is what a holder gave to a delegate; by itself it counts for nothing: the delegate has to answer with it.',
  'presentation/expired': 'The live code is too old; it may be a screenshot.',
  'presentation/mode': 'This way of showing is not accepted here.',
  'presentation/paper':
    'This is a code printed by the office; it does not prove that the bearer is the holder.',
  'presentation/recipient': 'This copy was made for another office.',
  'presentation/recipient-by-name':
    'This copy was made out to a name; make sure that it means your office.',
  'presentation/replayed': 'This code has been scanned at this counter before.',
  'qr/encoding': 'The code was misread or altered.',
  'qr/frames-incomplete': 'This is a part of an animated code; the rest was not read.',
  'qr/frames-mixed': 'Parts of several animated codes were mixed up, or some were altered.',
  'qr/limit': TOO_LARGE,
  'qr/not-a-credential':
    'This is not a licence code (perhaps a web address or a code for another use). Nothing was opened.',
  'qr/too-big': 'There is too much for one code; choose fewer facts.',
  'receipt/answer': 'This receipt is for another answer, or says something else than was shown.',
  'receipt/fork':
    'The log receipt does not fit the published record: the log tells different people different things, or the receipt was altered.',
  'receipt/format': 'The receipt is not in the right form.',
  'receipt/missing':
    'This type of licence needs a log receipt, and none came with it: we cannot tell whether the issuing is on record. The holder can fetch one and show it again.',
  'receipt/office': 'This receipt is not from the office that asked.',
  'receipt/request': 'This receipt is for another request.',
  'receipt/unwitnessed':
    'The log has given a receipt, but the published and witnessed record does not hold the state it rests on yet.',
  'receipt/wrong-type': 'This is not a receipt.',
  'recognition/type-not-accepted':
    'The issuing region is recognised, but not for this type of licence.',
  'request/client': 'The request and the certificate of the office do not belong together.',
  'request/commitment':
    'What you sign would not cover the matter, purpose and licences shown, so the words could be changed later. Do not share anything.',
  'request/expired': 'This request is over. Ask the counter for a new one.',
  'request/format': 'The request is not in the right form.',
  'request/matter': 'This device may not act in this matter, so it may not ask for licences.',
  'request/matter-unknown':
    'The catalogue does not have this matter. Refresh the trust data and try again.',
  'request/nonce': 'The request was not made for this wallet.',
  'request/office': 'This office does not handle this matter, so it may not ask for licences.',
  'request/over-asking': 'More is asked than this matter allows. Do not share it.',
  'request/transaction-data': 'The request would have you sign something else than it says.',
  'request/wrong-type': 'This is not a request of a counter.',
  'sd-cwt/claim-key': BAD_DISCLOSURE,
  'sd-cwt/disclosure': BAD_DISCLOSURE,
  'sd-cwt/duplicate-digest': BAD_DISCLOSURE,
  'sd-cwt/hash-algorithm': 'The credential uses a digest algorithm that is not allowed.',
  'sd-cwt/limit': TOO_LARGE,
  'sd-cwt/required-claim-hidden': 'The credential hides something that must be open.',
  'sd-cwt/unreferenced-disclosure': BAD_DISCLOSURE,
  'sd-jwt/claim-name': BAD_DISCLOSURE,
  'sd-jwt/disclosure': BAD_DISCLOSURE,
  'sd-jwt/duplicate-digest': BAD_DISCLOSURE,
  'sd-jwt/format': 'The credential is not in the right form.',
  'sd-jwt/hash-algorithm': 'The credential uses a digest algorithm that is not allowed.',
  'sd-jwt/limit': TOO_LARGE,
  'sd-jwt/required-claim-hidden': 'The credential hides something that must be open.',
  'sd-jwt/unexpected-key-binding':
    'The issuer’s answer already holds a holder’s signature; it was not stored.',
  'sd-jwt/unreferenced-disclosure': BAD_DISCLOSURE,
  'seal/appearance-mismatch': 'The picture of the seal is not the one recorded when it was used.',
  'seal/covered-invalid': 'An earlier seal that this one confirms did not pass, so we cannot tell.',
  'seal/covers': 'An earlier seal that this one confirms is not here; the seal data were altered.',
  'seal/digest-mismatch':
    'The content is not what was sealed: the file was altered, or this seal belongs to another file.',
  'seal/expired': 'The seal had expired when it was used.',
  'seal/format': 'The seal data are incomplete or were altered.',
  'seal/forms-differ': 'The two forms of the seal data do not say the same; they were altered.',
  'seal/from-future':
    'The seal was used at a time ahead of this device’s clock, which may be slow.',
  'seal/image-format':
    'The picture of the seal is of a form that cannot be shown here, so it cannot be compared.',
  'seal/image-mismatch':
    'The picture of the seal was exchanged: it is not the one that the seal maker signed.',
  'seal/key-not-listed': 'The key that was used is not one of this seal’s keys.',
  'seal/length-mismatch': 'The file is not as long as the one that was sealed.',
  'seal/maker-unknown': 'The seal maker is not in the trust list, so we cannot tell.',
  'seal/media-type-mismatch':
    'The file is not of the type that was sealed; its name may have been changed.',
  'seal/missing': 'The seal that was used is missing from the seal data.',
  'seal/not-yet-valid': 'The seal was not yet valid when it was used.',
  'seal/revoked': 'The seal has been revoked or cancelled; nothing proves that it was used before.',
  'seal/suspended': 'The seal has been suspended; nothing proves that it was used before.',
  'seal/too-large': 'The seal data are larger than allowed.',
  'seal/wrong-type': 'These are not seal data, but data of another kind.',
  'signature/format': BROKEN_SIGNATURE,
  'signature/invalid': ALTERED,
  'status/bits': BAD_STATUS,
  'status/expired': 'The status data have expired, so we cannot tell whether it was revoked.',
  'status/format': BAD_STATUS,
  'status/from-future': 'The status data are dated in the future and were not used.',
  'status/index': BAD_STATUS,
  'status/issuer-mismatch':
    'The status data were not signed by the issuer or seal maker and were not used.',
  'status/revoked':
    'Its issuer has ended it: the next version took its place, or the licence was revoked; or only this copy was withdrawn, which moved to another phone or was on a lost one.',
  'status/rollback': 'The status data received are older than those kept and were not used.',
  'status/stale':
    'Genuine, but the status data are rather old; a recent change may not have arrived.',
  'status/subject': BAD_STATUS,
  'status/suspended': 'The issuer has suspended this licence.',
  'status/too-large': BAD_STATUS,
  'status/unavailable':
    'This device has no status data for this licence, so we cannot tell whether it was revoked.',
  'status/unknown-value': 'The status has a value that this program does not know.',
  'text/encoding': DAMAGED,
  'time/format': 'A time in the credential is not in the right form.',
  'timestamp/accuracy': `The time-stamp may be off by more than a minute ${NO_STAMP}`,
  'timestamp/expired': `The time-stamp is of a time at which its certificate was not valid ${NO_STAMP}`,
  'timestamp/format': `The time-stamp cannot be read, or is signed in a way not known here, ${NO_STAMP}`,
  'timestamp/imprint': `The time-stamp belongs to something else: ${NOT_OF_SEALING}`,
  'timestamp/key-usage': `The time-stamp’s certificate is not for time-stamps alone ${NO_STAMP}`,
  'timestamp/signature': `The time-stamp is forged or altered: ${NOT_OF_SEALING}`,
  'timestamp/signer-unknown': `The time-stamp is of nobody in the trust list ${NO_STAMP}`,
  'trust/expired': 'This device’s trust data have expired; we cannot tell whether it is genuine.',
  'trust/expired-metadata':
    'By this device’s clock the trust data received are over and were not used: they are too old, or the clock is ahead.',
  'trust/file-missing':
    'A file of the trust data was missing; they were not used. It will be tried again.',
  'trust/format': 'The trust data are not in the right form.',
  'trust/hash-mismatch':
    'The trust data received do not match their signed hash and were not used.',
  'trust/length-mismatch':
    'The trust data received do not match their signed length and were not used.',
  'trust/role-missing': 'A signed part of the trust data is missing; they were not used.',
  'trust/rollback': 'The trust data received are older than those kept and were not used.',
  'trust/stale': 'Genuine, but this device’s trust data are rather old and due for a refresh.',
  'trust/target-missing': 'The trust data do not hold the file that was looked for.',
  'trust/threshold': 'Too few valid signatures on the trust data received; they were not used.',
  'trust/too-large': 'The trust data received are larger than allowed and were not used.',
  'trust/unavailable': 'There are no trust data, so nothing can be told genuine.',
  'trust/version-mismatch':
    'The versions of the trust data received do not fit; they were not used.',
  'trust/wrong-environment':
    'The trust data belong to another environment, such as a demonstration.',
  'type/unknown': 'This device has no definition of this type of licence and cannot check it.',
}

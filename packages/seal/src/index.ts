/** Seals (印章), impressions (签章), the `.seal` file and the update that seals a PDF, X.509 and PAdES; and their verification. */

export { digestFile, type FileDigest } from './file-digest.ts'
export type { Finding } from './findings.ts'
export {
  buildImpression,
  type Impression,
  type ImpressionInput,
  MAX_IMPRESSION_BYTES,
  parseImpression,
  sameImpression,
} from './impression.ts'
export { impressionEntry } from './impression-entry.ts'
export {
  type FileFacts,
  type ImpressionFacts,
  isApprovalId,
  isMediaType,
  isPurpose,
  MAX_IMPRESSIONS,
  type UsedSeal,
} from './impression-facts.ts'
export {
  buildImpressionJws,
  type ImpressionJws,
  MAX_IMPRESSION_CHARACTERS,
  parseImpressionJws,
} from './impression-jws.ts'
export {
  CLAIM as SEAL_CLAIM,
  HEADER as SEAL_HEADER,
  IMAGE as SEAL_IMAGE,
  IMPRESSION_ENTRY,
  JOSE_TYP as SEAL_JOSE_TYP,
  OWNER as SEAL_OWNER,
  SEAL_ENTRY,
  SEAL_FILE,
  SEAL_STATES,
  TYP as SEAL_TYP,
  USED_SEAL,
} from './labels.ts'
export { mediaTypeOf } from './media-type-of.ts'
export { openSealRegister } from './open-seal-register.ts'
export {
  appearanceOf,
  appearanceOfSamples,
  type DrawnSeal,
  digestAppearance,
  isSameAppearance,
  type PictureCommand,
  type PictureShape,
  type SealAppearance,
  type SealSamples,
} from './pdf/appearance.ts'
export { attachedFiles } from './pdf/attached-files.ts'
export type { PdfFinding, PdfFindingCode } from './pdf/findings.ts'
export { openPdf, type Pdf } from './pdf/open-pdf.ts'
export { findPage, type PdfPage, type PdfRect, pageCount } from './pdf/page-tree.ts'
export { MAX_PDF_BYTES } from './pdf/pdf-limits.ts'
export {
  type OtherUpdate,
  openForSealing,
  readSealedPdf,
  type SealedPdf,
  type SealedUpdate,
} from './pdf/read-sealed-pdf.ts'
export {
  buildSealUpdate,
  DEFAULT_CONTENTS_BYTES,
  isSealUpdateInput,
  type SealUpdate,
  type SealUpdateInput,
  withSignature,
} from './pdf/seal-update.ts'
export { hasUnsafeContent } from './pdf/unsafe-content.ts'
export { drawSeal, SEAL_RED, type SealDrawing } from './picture/draw-seal.ts'
export { MAX_NAME_SEAL_CHARACTERS } from './picture/draw-square.ts'
export type { Glyph, GlyphSource } from './picture/glyph-source.ts'
export type { Box, CommandKind, PathCommand, Point } from './picture/path-commands.ts'
export { barePng, MAX_PIXELS, type PngSize, readPng, type ShownSize } from './picture/png.ts'
export { sealAppearance } from './picture/seal-appearance.ts'
export { type ReadImage, readSealImage } from './picture/seal-image.ts'
export { DIAMETERS_MM, type SealRank, type SealShape, sealShape } from './picture/seal-shapes.ts'
export {
  MAX_PICTURE_BYTES,
  type PicturePart,
  readSealPicture,
  type SealPicture,
  writeSealPicture,
} from './picture/svg-picture.ts'
export { MAX_AHEAD_SECONDS, SEAL_CHECKS, type SealCheckId } from './seal-checks.ts'
export {
  type ImageMediaType,
  isSealId,
  isSealKind,
  isSealName,
  MAX_SEAL_KEYS,
  SEAL_KINDS,
  type SealFacts,
  type SealImage,
  type SealKind,
  type SealOwner,
} from './seal-facts.ts'
export {
  encodeSealFile,
  type FiledImpression,
  type FiledSeal,
  type ImpressionBytes,
  MAX_IMAGE_BYTES,
  MAX_SEAL_FILE_BYTES,
  MAX_SEALS,
  MAX_STAPLED_BYTES,
  MAX_TIMESTAMP_BYTES,
  parseSealFile,
  SEAL_MEDIA_TYPE,
  type SealBytes,
  type SealFile,
  type SealFileBytes,
} from './seal-file.ts'
export {
  assembleJws,
  buildSealJws,
  MAX_SEAL_CHARACTERS,
  parseSealJws,
  type SealJws,
} from './seal-jws.ts'
export {
  buildSealRegister,
  MAX_REGISTERED_SEALS,
  MAX_SEAL_REGISTER_BYTES,
  parseSealRegister,
  type RegisteredSeal,
  type SealRegister,
  type SealRegisterFacts,
  type SealRegisterInput,
} from './seal-register.ts'
export {
  assembleCose,
  buildSeal,
  MAX_SEAL_BYTES,
  parseSeal,
  type SealInput,
  type SealStatement,
  sameSeal,
} from './seal-statement.ts'
export { sealStatus } from './seal-status.ts'
export type { CoseDraft, JwsText } from './signed-forms.ts'
export {
  buildTimeStampQuery,
  type GrantedTimeStamp,
  MAX_TIME_STAMP_ANSWER_BYTES,
  openTimeStampAnswer,
  TIME_STAMP_MEDIA_TYPE,
  type TimeStampQuery,
} from './timestamp/time-stamp-query.ts'
export {
  isStamperCertificate,
  MAX_ACCURACY_SECONDS,
  readTimestamp,
  type StatedTimeStamp,
  type TimeStamp,
  type TimeStampExpectation,
  verifyTimestamp,
} from './timestamp/verify-timestamp.ts'
export {
  type JudgedImpression,
  type VerifySealOptions,
  verifyImpressions,
} from './verify-impression.ts'
export {
  isSealForm,
  type JudgedSeal,
  judgeSeal,
  LONE_SEAL_CHECKS,
  parseSealForm,
  type SealForm,
} from './verify-seal.ts'
export {
  assembleCertificate,
  buildCertificate,
  type Certificate,
  type CertificateRole,
  type CertificateStatement,
  keyIdentifier,
  MAX_CERTIFICATE_BYTES,
  parseCertificate,
  randomSerial,
} from './x509/certificate.ts'
export type { DistinguishedName } from './x509/distinguished-name.ts'
export {
  assemblePadesSignature,
  buildPadesSignature,
  MAX_PADES_BYTES,
  type PadesContent,
  type PadesExpectation,
  type PadesSignature,
  parsePadesSignature,
  verifyPadesSignature,
} from './x509/pades-signature.ts'
export { verifyIssuedCertificate } from './x509/verify-certificate.ts'

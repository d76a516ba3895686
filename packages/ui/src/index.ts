/** What the faces share: tokens, components, languages, scanner, codes, verdicts, local storage. */

export { AppShell, type AppShellProps, Place, type PlaceProps, ScaleSwitch } from './app-shell.tsx'
export {
  type BoundedRequest,
  fetchBytes,
  fetchJson,
  type Http,
  type JsonAnswer,
} from './bounded-fetch.ts'
export { Button, type ButtonKind, type ButtonProps } from './button.tsx'
export { type CappedFetch, cappedFetch, type FetchLimits } from './capped-fetch.ts'
export { areSealed, type LoneSealReader } from './claims-seals.ts'
export {
  type CodeInput,
  contentOf,
  type FileOptions,
  type FileReading,
  type FileTrouble,
  filesOf,
  isPdf,
  readContent,
} from './code-intake.ts'
export { nextStepFor, reasonFor } from './code-words.ts'
export type { ExplainedCode } from './code-words-zh.ts'
export { CodesInSight, type Sighting } from './codes-in-sight.ts'
export { ConfirmButton, type ConfirmButtonProps } from './confirm-button.tsx'
export { CopyText, type CopyTextProps } from './copy-text.tsx'
export {
  Data,
  type DataProps,
  GroupedNumber,
  type GroupedNumberProps,
  groupsOf,
} from './data-text.tsx'
export {
  createDeviceKey,
  type DeviceAlgorithm,
  type DeviceKey,
  type DeviceKeyPlatform,
  devicePublicKey,
  deviceSigner,
  firstThatWorks,
  type GeneratedPair,
  generatePair,
  proveKey,
} from './device-key.ts'
export { Dialog, type DialogProps } from './dialog.tsx'
export { DocumentLink, type DocumentLinkProps } from './document-link.tsx'
export { type BuildEnvironment, type FaceSettings, readFaceSettings } from './face-settings.ts'
export { fetchLogReceipt } from './fetch-log-receipt.ts'
export { fetchRequestObject, type RequestObject } from './fetch-request-object.ts'
export {
  CheckField,
  type CheckFieldProps,
  type Choice,
  type FieldProps,
  SelectField,
  type SelectFieldProps,
  TextField,
  type TextFieldProps,
} from './field.tsx'
export { type ChosenFiles, FileButton, type FileButtonProps } from './file-button.tsx'
export {
  formatAge,
  formatClock,
  formatClockSeconds,
  formatDate,
  formatDay,
  formatMoment,
  formatValidity,
} from './formatters.ts'
export { FramesRead } from './frames-read.tsx'
export {
  HelpSection,
  type HelpSectionProps,
  HelpView,
  type HelpViewProps,
  type KeptThing,
} from './help-view.tsx'
export {
  type Catalogue,
  defineMessages,
  isLanguage,
  LANGUAGES,
  type Language,
  type Localised,
  language,
  localised,
  setLanguage,
  type TextValues,
  type Translate,
  translator,
  withNodes,
} from './language.ts'
export { lazyScreen, loadAllScreens } from './lazy-screen.tsx'
export {
  LicenceCard,
  type LicenceCardProps,
  type LicenceState,
  Row,
  type RowProps,
} from './licence-card.tsx'
export { LicenceSealRow, type LicenceSealRowProps, wasSealInUse } from './licence-seal-row.tsx'
export { announce, announcement } from './live-region.ts'
export { t, type UiMessage, uiMessages } from './messages.ts'
export {
  EmptyScreen,
  type EmptyScreenProps,
  Notice,
  type NoticeProps,
  type NoticeTone,
} from './notice.tsx'
export { type Line, oneAfterOther } from './one-after-other.ts'
export { isPackFile } from './pack-file.ts'
export { createPackImporter, type PackImporter, type PackState } from './pack-importer.ts'
export { packFileName } from './pack-name.ts'
export { PackPanel, type PackPanelProps } from './pack-panel.tsx'
export {
  chooseLanguage,
  chooseScale,
  loadPreferences,
  SCALES,
  type Scale,
  scale,
  showScale,
  toggleLanguage,
  toScale,
} from './preferences.ts'
export { type ErrorCorrection, type QrPath, QUIET_ZONE, qrPath } from './qr-path.ts'
export { QrView, type QrViewProps } from './qr-view.tsx'
export { afterQuiet } from './quiet.ts'
export { picturesOf } from './rare.ts'
export { ReadAloudButton } from './read-aloud-button.tsx'
export { Ring, type RingProps } from './ring.tsx'
export { saveFile } from './save-file.ts'
export { ScannerView, type ScannerViewProps } from './scanner-view.tsx'
export { Seal, type SealProps } from './seal.tsx'
export {
  applyUpdate,
  fetchLaterFiles,
  registerServiceWorker,
  updateReady,
} from './service-worker.ts'
export { type Sign, SignIcon, type SignIconProps } from './sign-icon.tsx'
export {
  type AnyStoreChange,
  type BoxName,
  deleteStore,
  openStore,
  type Store,
  type StoreChange,
  type StoreClosed,
  type StoreLayout,
  type StoreSchema,
} from './store.ts'
export { trimLineEnds } from './trim-line-ends.ts'
export {
  createTrustStore,
  type TrustState,
  type TrustStore,
  type TrustStoreOptions,
  type TrustTrouble,
} from './trust-store.ts'
export { allowWorker, trustedScriptUrl } from './trusted-urls.ts'
export {
  Checks,
  type ChecksProps,
  StatusLine,
  VerdictEvidence,
  type VerdictEvidenceProps,
} from './verdict-evidence.tsx'
export { VerdictFrame, type VerdictFrameProps } from './verdict-frame.tsx'
export { tv, type VerdictMessage } from './verdict-messages.ts'
export {
  LicenceFacts,
  type LicenceFactsProps,
  VerdictView,
  type VerdictViewProps,
} from './verdict-view.tsx'
export {
  headOf,
  TONE_SIGNS,
  toneOf,
  type VerdictHead,
  type VerdictTone,
  wordOf,
} from './verdict-words.ts'
export { holdWakeLock } from './wake-lock.ts'
export { listenForWedge, WEDGE_FIELD, type WedgeOptions } from './wedge-listener.ts'
export { normaliseWedge, WEDGE_SETTINGS, type WedgeSettings } from './wedge-parser.ts'

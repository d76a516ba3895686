/** Trust data: who may issue what, status lists, what is denied and recognised; for verifiers with or without a network. */
export {
  type DeniedKey,
  type DenyList,
  MAX_DENY_LIST_BYTES,
  parseDenyList,
} from './deny-list.ts'
export { type ExportOptions, exportPack, keptFiles } from './export-pack.ts'
export type { FetchProgress } from './fetch-targets.ts'
export {
  type FollowOptions,
  followRepository,
  followTrust,
  isHeldBack,
  ownFaults,
  type TrustFetcher,
} from './follow-trust.ts'
export { type KeyLife, keyValidity, type LoggedBelow } from './key-life.ts'
export {
  type Anchor,
  CHECKPOINT_LIMITS,
  CHECKPOINTS_KIND,
  type ListedCheckpoint,
  type OpenedLog,
  openLogs,
  parseCheckpoints,
} from './log-checkpoints.ts'
export {
  type AcceptedLicence,
  type Material,
  type Matter,
  type MatterPart,
  parseMatterCatalogue,
} from './matter-catalogue.ts'
export { openPack } from './open-pack.ts'
export { openTrust, readRecognitions, recognisedStore, type TrustRoot } from './open-trust.ts'
export type { OfficeKey, OfficeKeyUse, SealMakerKey } from './owner-keys.ts'
export {
  counterMember,
  isPack,
  MAX_PACK_BYTES,
  type PackIndex,
  type PackMember,
  type PackSource,
  packInMemory,
  parsePackIndex,
  readPackIndex,
  withMember,
} from './pack.ts'
export { isFixedFile, packBase, packFetcherFor, snapshotVersionOf } from './pack-base.ts'
export { packFetcher, packMember } from './pack-fetcher.ts'
export {
  MAX_PACK_RECEIPTS,
  type PackReceipt,
  readPackReceipts,
  withPackReceipts,
} from './pack-receipts.ts'
export { parseRecognitionList, type Recognition, rootTargetOf } from './recognition-list.ts'
export { statusListOpener, type TrustedStatusList } from './status-lists.ts'
export {
  DENY_ROLE,
  isDocumentTarget,
  isTypeTarget,
  LOG_ROLE,
  registerTarget,
  STATUS_ROLES,
  statusRoleOf,
  statusTarget,
  TARGET,
  typeTarget,
} from './target-names.ts'
export { parseTimeStampers, type TimeStamper } from './time-stampers.ts'
export {
  buildTrust,
  type RecognisedTrust,
  type Trust,
  type TrustContent,
  type TrustFault,
  type TrustPart,
} from './trust.ts'
export { trustFreshness } from './trust-freshness.ts'
export {
  type Agency,
  type AgencyKey,
  type DisplayName,
  type KeyUse,
  keysByKid,
  type Office,
  parseTrustList,
  type SealMaker,
  TRUST_LIST_KIND,
  type TrustList,
} from './trust-list.ts'
export { parseLogs, type TrustedLog } from './trusted-logs.ts'
export { canonicalJson } from './tuf/canonical-json.ts'
export {
  type DraftCommon,
  type DraftDelegation,
  type DraftRole,
  describeMetadata,
  describeTarget,
  draftRoot,
  draftSnapshot,
  draftTargets,
  draftTimestamp,
  type TufDraft,
} from './tuf/draft-metadata.ts'
export {
  fetchTarget,
  findTarget,
  type TargetSource,
  unusedTargetNames,
} from './tuf/fetch-target.ts'
export {
  MAX_ROOT_BYTES,
  MAX_TARGET_BYTES,
  MAX_TARGETS_BYTES,
} from './tuf/limits.ts'
export type {
  TopRole,
  TufCommon,
  TufDelegation,
  TufFile,
  TufKey,
  TufMetaFile,
  TufRole,
  TufRoot,
  TufSnapshot,
  TufTarget,
  TufTargets,
  TufTimestamp,
} from './tuf/metadata.ts'
export {
  openNextRoot,
  openRoot,
  openSnapshot,
  openTargets,
  topRoleKeys,
} from './tuf/open-file.ts'
export { type DraftFile, goodSignatures, readDraft } from './tuf/read-draft.ts'
export { type RepositoryFiles, repositoryFiles } from './tuf/repository-files.ts'
export { roleFileName, targetFilePath } from './tuf/role-names.ts'
export type { FoundTarget } from './tuf/search-target.ts'
export { addSignature, signTuf } from './tuf/sign-metadata.ts'
export { memoryTufStore, type TufFetcher, type TufStore } from './tuf/store-and-fetcher.ts'
export {
  type DelegatedFile,
  openTrustedSet,
  type TufFault,
  type TufOpened,
  type TufSet,
} from './tuf/trusted-set.ts'
export { tufKeyOf } from './tuf/tuf-key.ts'
export { type TufUpdateOptions, updateTuf } from './tuf/update-tuf.ts'
export type { RoleKeys } from './tuf/verify-role.ts'

/** Trust data: a signed trust list with its status lists, for verifiers with or without a network. */
export {
  type DeniedKey,
  type DenyList,
  EMPTY_DENY_LIST,
  MAX_DENY_LIST_BYTES,
  mergeDenyLists,
  parseDenyList,
} from './deny-list.ts'
export { type KeptTrust, openKeptTrust, type TrustRoot } from './kept-trust.ts'
export { type KeyLife, keyValidity } from './key-life.ts'
export {
  type AcceptedLicence,
  type Material,
  type Matter,
  type MatterPart,
  parseMatterCatalogue,
} from './matter-catalogue.ts'
export type { OfficeKey, OfficeKeyUse } from './office-keys.ts'
export { buildPack, MAX_PACK_BYTES, openPack, type PackContent, parsePack } from './pack.ts'
export { parseRecognitionList, type Recognition, rootTargetOf } from './recognition-list.ts'
export {
  assertNotOlder,
  MAX_TRUST_LIST_CHARS,
  openTrustList,
  signTrustList,
  TRUST_LIST_TYPE,
} from './signed-trust-list.ts'
export { type OpenedStatusLists, openStatusLists } from './status-lists.ts'
export {
  openTrust,
  type Trust,
  type TrustedStatusList,
  type TrustFault,
  trustFreshness,
} from './trust.ts'
export {
  type Agency,
  type AgencyKey,
  type DisplayName,
  type KeyUse,
  keysByKid,
  type Office,
  parseTrustList,
  TRUST_LIST_KIND,
  type TrustList,
} from './trust-list.ts'
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
  MAX_SNAPSHOT_BYTES,
  MAX_TARGET_BYTES,
  MAX_TARGETS_BYTES,
  MAX_TIMESTAMP_BYTES,
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
  delegatedRoleKeys,
  openNextRoot,
  openRoot,
  openSnapshot,
  openTargets,
  openTimestamp,
  topRoleKeys,
} from './tuf/open-file.ts'
export { type RepositoryFiles, repositoryFiles } from './tuf/repository-files.ts'
export { metaPath, roleFileName, targetFilePath, targetStoreName } from './tuf/role-names.ts'
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
export { type TrustFetcher, type UpdatedTrust, updateTrust } from './update-trust.ts'

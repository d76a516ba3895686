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
export { type TrustFetcher, type UpdatedTrust, updateTrust } from './update-trust.ts'

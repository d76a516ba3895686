/** Status lists: build, sign, read, freshness (IETF Token Status List, drafts 20 and 21). */
export { deflateWhole as deflateZlib } from '#platform'
export { type FreshnessPolicy, freshness } from './freshness.ts'
export { inflateZlib } from './inflate.ts'
export {
  type StatusListContent,
  type StatusListForms,
  signStatusList,
  signStatusListCwt,
  signStatusListJwt,
} from './sign-status-list.ts'
export {
  getStatus,
  isStatusSize,
  LARGE_LIST_SIZE,
  LIST_BITS,
  LIST_SIZE,
  newStatusBits,
  randomStatusIndex,
  SENTINEL_INDEX,
  type StatusPlace,
  type StatusSize,
  setStatus,
} from './status-bits.ts'
export {
  decodeStatusList,
  LIST_TYPE,
  MAX_LIST_BYTES,
  MAX_LIST_ENTRIES,
  openStatusList,
  readUnverifiedStatusList,
  type StatusList,
  type StatusListToken,
} from './status-list.ts'
export { isStatusUri, parseStatusReference, type StatusReference } from './status-reference.ts'
export { type LicenceStatus, STATUS, statusOf } from './status-value.ts'

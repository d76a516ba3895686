/**
 * How much of a repository a client takes (TUF §5.3.3, §5.4.1, §5.5.1, §5.6.1, §5.6.7.1: "set by the authors of the
 * application"). All are far above what our own repositories need and far below what hurts a phone.
 */

/** Bytes of a root file: some dozens of keys; 1,000 P-256 keys would fit. */
export const MAX_ROOT_BYTES = 524_288
/** Bytes of a timestamp file, which names one file. */
export const MAX_TIMESTAMP_BYTES = 16_384
/** Bytes of a snapshot file: about 15,000 roles with hashes and lengths. */
export const MAX_SNAPSHOT_BYTES = 2_097_152
/** Bytes of a targets file, delegated or not: about 20,000 targets. */
export const MAX_TARGETS_BYTES = 4_194_304
/** Bytes of a target, whatever its metadata says: a status list of 10 M entries, uncompressed, twice over. */
export const MAX_TARGET_BYTES = 8_388_608
/** Root files followed in one update (Y in TUF §5.3.3). */
export const MAX_ROOTS = 1_024
/** Roles visited in search of one target (TUF §5.6.7.1). */
export const MAX_VISITED_ROLES = 64
/** Delegated roles that one update refreshes without being asked for a target. */
export const MAX_REFRESHED_ROLES = 256
/** Keys in one file, and key identifiers of one role. */
export const MAX_KEYS = 1_024
/** Signatures of one file: each costs a look-up, those of the role's keys a verification. */
export const MAX_SIGNATURES = 128
/** UTF-16 units of a role name; percent-encoded it has to remain a file name. */
export const MAX_ROLE_NAME = 64
/** UTF-16 units of a target path. */
export const MAX_TARGET_PATH = 512
/** Nesting of JSON; `custom` members are the deepest. */
export const MAX_JSON_DEPTH = 16

/** The tables of the trust repository (The Update Framework), of what it is made of, and of those that this server mirrors. */

/**
 * A version of a role's signed metadata in the trust repository. `made_of` tells what its content was built from; `sha256`
 * (hexadecimal) and `length` are of the bytes in `body`.
 */
export interface TufMetadataTable {
  role: string
  version: number
  made_of: string
  sha256: string
  length: number
  signed_at: number
  expires_at: number
  body: string
}

/** A target of the trust repository by path and content (SHA-256, hexadecimal); `added_at` is when it was named last. */
export interface TufTargetTable {
  path: string
  sha256: string
  body: string
  added_at: number
}

/** What the status roles say of a list: which revision of it, since when, and its two forms, JSON. */
export interface TufStatusTable {
  list_id: number
  role: string
  revision: number
  named_at: number
  targets: string
}

/** A document that the role `targets` signs for as it is: catalogue, recognition list, a recognised root. */
export interface TrustDocumentTable {
  path: string
  body: string
}

/** A file of a recognised jurisdiction's repository, by its name in the store of the client that follows it. */
export interface MirrorFileTable {
  name: string
  /** base64url */
  body: string
}

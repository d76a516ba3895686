/** The tables of seals, their lives and their uses; columns as in `schema.ts`. */

/**
 * A seal of an organisation, from its application to its end. `applied`: nothing is signed; `making`: it has its number,
 * key, picture and index, and `draft` may have been signed; `made`: `cose` and `jws` are what was signed; `in-use` from
 * its registration on; `suspended`; `changed` (another took its place) and `cancelled` are final; so is `refused`.
 */
export interface SealTable {
  id: string
  seal_maker_id: string
  /** USCC. */
  owner_id: string
  owner_name: string
  name: string
  kind: string
  rank: string
  lower_line: string | null
  /** 14 digits. */
  number: string | null
  state:
    | 'applied'
    | 'refused'
    | 'making'
    | 'made'
    | 'in-use'
    | 'suspended'
    | 'changed'
    | 'cancelled'
  /** The seal whose place it takes when it is registered. */
  replaces: string | null
  /** 1 for the seal under which its owner issues licences, else 0. */
  licences: number
  /** base64url */
  image: string | null
  media_type: string | null
  width_mm: number | null
  height_mm: number | null
  list_id: number | null
  idx: number | null
  status: number
  /** Name of the key file of the seal's own key. */
  key_id: string | null
  /** The maker's keys that sign it. */
  cbor_key_id: string | null
  jws_key_id: string | null
  draft: string | null
  cose: string | null
  jws: string | null
  /** DER of the X.509 certificate of the seal's key, base64url; while `making`, what is to be signed of it. */
  certificate: string | null
  valid_from: number | null
  valid_to: number | null
  created_at: number
}

/** The next seal number of an area, six digits. */
export interface SealNumberTable {
  area: string
  next: number
}

/** One step in a seal's life, counted from 1; rows are only added. */
export interface SealEventTable {
  seal_id: string
  sequence: number
  act:
    | 'apply'
    | 'refuse'
    | 'make'
    | 'register'
    | 'suspend'
    | 'ask-resume'
    | 'resume'
    | 'change'
    | 'cancel'
  reason: string
  actor_id: string
  at: number
}

/**
 * A request to use a seal for certain files, and what its keeper decided. `good_until`: a request waits until then, an
 * approval may be used until then. Its id is what impressions name as their approval.
 */
export interface SealUseTable {
  id: string
  seal_id: string
  purpose: string
  state: 'requested' | 'approved' | 'refused'
  requester_id: string
  requested_at: number
  keeper_id: string | null
  decided_at: number | null
  reason: string | null
  good_until: number
}

/**
 * A file of a request, by its digest. `waiting`: nothing is signed; `pending`: `draft` may have been signed, and holds both
 * signatures once a time-stamper may have seen them; `sealed`: `result` is what everybody gets, however often they ask.
 */
export interface SealUseFileTable {
  use_id: string
  sequence: number
  /** base64url */
  sha256: string
  length: number
  media_type: string
  name: string | null
  /** Page and rectangle in a PDF, JSON; null for a `.seal` file beside. */
  place: string | null
  state: 'waiting' | 'pending' | 'sealed'
  draft: string | null
  /** base64url */
  result: string | null
  sealed_at: number | null
  /** The time that the impression's time-stamp states. */
  stamped_at: number | null
  /** Code of why it has none; null where it has one, or nobody was asked. */
  stamp_fault: string | null
}

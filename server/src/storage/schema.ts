/**
 * The tables. Portable columns only (text, integer): ids are UUIDv7 text, times Unix seconds, days
 * `YYYY-MM-DD`, lists JSON text, bytes base64url text. Secrets are stored hashed or sealed.
 */
import type { SessionTable, SignInCodeTable, SignInTable } from '../sessions/session-schema.ts'
import type { StaffSchema } from '../staff/staff-schema.ts'
import type { BatchRowTable, BatchTable } from './batch-schema.ts'
import type { CaseSchema } from './case-schema.ts'
import type {
  AccessTokenTable,
  AuthorizationRequestTable,
  DeferredTable,
  DpopProofTable,
  NonceTable,
  NotificationTable,
  OfferTable,
} from './offer-schema.ts'
import type { LicenceOrderTable } from './order-schema.ts'
import type { RateWindowTable } from './rate-schema.ts'
import type {
  LogCheckpointTable,
  LogCosignatureTable,
  LogEntryTable,
  LogFactTable,
  LogHashTable,
  LogWordTable,
} from './record-schema.ts'
import type { KeptStatusTable } from './restore-tables.ts'
import type {
  SealEventTable,
  SealNumberTable,
  SealTable,
  SealUseFileTable,
  SealUseTable,
} from './seal-schema.ts'
import type {
  MirrorFileTable,
  TrustDocumentTable,
  TufMetadataTable,
  TufStatusTable,
  TufTargetTable,
} from './tuf-schema.ts'
import type {
  RequestCertificateTable,
  ShownPresentationTable,
  VerificationTable,
} from './verification-schema.ts'

/** A setting of this data directory, such as the origin it was made for. */
export interface SettingTable {
  name: string
  value: string
}

/** An agency that issues; `id` is its USCC, `name` JSON with `zh-CN` and `en`. */
export interface AgencyTable {
  id: string
  name: string
  created_at: number
}

/** Which licence types an agency may issue. */
export interface AgencyTypeTable {
  agency_id: string
  type_code: string
}

/** A verifying office: id and name JSON. */
export interface OfficeTable {
  id: string
  name: string
}

/** The public half of an office's key; the private half is the key file named `id`. */
export interface OfficeKeyTable {
  id: string
  office_id: string
  use: 'enrol' | 'ask'
  kid: string
  public_jwk: string
  not_before: number
  not_after: number
  revoked_from: number | null
  /** From this time on it signs no more; listed until what it signed has ended. */
  retired_at: number | null
  /** DER of the X.509 certificate of an `ask` key, base64url: the CA of certificates of keys that ask over the network. */
  certificate: string | null
}

/** Who makes seals: id and name JSON. */
export interface SealMakerTable {
  id: string
  name: string
}

/** As {@link OfficeKeyTable}, of a seal maker. */
export interface SealMakerKeyTable extends Omit<OfficeKeyTable, 'office_id' | 'use'> {
  seal_maker_id: string
  purpose: 'seal-cbor' | 'seal-jws' | 'seal-status-cbor' | 'seal-status-jws'
  /** DER of the X.509 certificate of a `seal-jws` key, base64url: the CA of seals' certificates. */
  certificate: string | null
}

/** Whose time-stamps count, by USCC; `entry` is its entry in the trust list, JSON. */
export interface TimeStamperTable {
  id: string
  entry: string
}

/**
 * A device that asked to be, is, or was a counter of an office. `asked`: its short code waits until `code_until`;
 * `confirmed`: it has a `number` and may fetch certificates; `denied` is final. `signed_until` is the latest end of any
 * certificate that may have been signed, set before signing; `certificate` is the newest one.
 */
export interface CounterTable {
  id: string
  office_id: string
  thumbprint: string
  public_jwk: string
  name: string
  state: 'asked' | 'confirmed' | 'denied'
  code: string
  code_until: number
  number: string | null
  matters: string
  asked_at: number
  confirmed_at: number | null
  denied_at: number | null
  signed_until: number | null
  key_id: string | null
  certificate: string | null
  certificate_from: number | null
  certificate_until: number | null
}

/** What the deny list names: a device, or a key that counts for nothing from `from_time` on. */
export interface DeniedTable {
  kind: 'device' | 'key'
  thumbprint: string
  from_time: number
  actor_id: string
  denied_at: number
}

/** A version of a type definition; `document` is its published JSON. */
export interface LicenceTypeTable {
  type_code: string
  version: number
  vct: string
  document: string
}

/** The public half of a key; the private half is the key file named `id`. */
export interface SigningKeyTable {
  id: string
  agency_id: string
  purpose: 'issue-cbor' | 'issue-jws' | 'status-cbor' | 'status-jws'
  kid: string
  public_jwk: string
  not_before: number
  not_after: number
  revoked_from: number | null
  /** From this time on it signs no more; listed until what it signed has ended. */
  retired_at: number | null
}

/** The certificate (DER, base64url) that stands in the mdocs signed by a key. */
export interface MdocCertificateTable {
  key_id: string
  certificate: string
  /** The certificate above it; none where the key vouches for itself. */
  authority: string | null
}

/** When a key (by its `kid`) stood in a published trust list first; none of ours signs before. */
export interface ListedKeyTable {
  kid: string
  listed_at: number
}

/** A named person or system that acts. */
export interface ActorTable {
  id: string
  name: string
  kind: 'person' | 'system'
}

/** An API key: hash of the secret, its actor, and its scope. */
export interface ApiKeyTable {
  id: string
  hash: string
  actor_id: string
  agency_id: string
  types: string
  roles: string
  /** Offices whose counters it may enrol, JSON. */
  offices: string
  /** Seal makers for which it may make seals, JSON. */
  seal_makers: string
  created_at: number
  revoked_at: number | null
}

/** A licence an agency granted; `claims` is JSON. */
export interface LicenceTable {
  id: string
  agency_id: string
  type_code: string
  type_version: number
  serial: string
  version: number
  identifier: string
  valid_from: string
  valid_to: string | null
  claims: string
  holder_reference: string | null
  status: 'valid' | 'suspended' | 'revoked'
  actor_id: string
  created_at: number
}

/** The next serial number of an agency's type. */
export interface SerialCounterTable {
  agency_id: string
  type_code: string
  next: number
}

/** One change of a licence's status, counted from 1; rows are only added. */
export interface StatusChangeTable {
  licence_id: string
  sequence: number
  from_status: string
  to_status: string
  reason: string
  actor_id: string
  changed_at: number
  /** How it ended, of a revocation. */
  kind: string | null
  ground: string | null
}

/** A licence's next version: each has one at most. */
export interface LicenceReplacementTable {
  licence_id: string
  next_id: string
}

/** One status list of an agency or of a seal maker: one URI, one index space. `revision` rises with each visible change. */
export interface StatusListTable {
  id: number
  agency_id: string | null
  seal_maker_id: string | null
  uri: string
  size: number
  used: number
  revision: number
}

/**
 * One secured form of a licence with its own index. `reserved`: index given, nothing to sign;
 * `pending`: `draft` may have been signed; `issued`: `credential` is what was signed.
 */
export interface CredentialTable {
  id: string
  licence_id: string
  offer_id: string | null
  /** The offer's credential of the same form beside which it was given out in a batch. */
  copy_of: string | null
  form: 'sd-cwt' | 'sd-jwt' | 'mdoc' | 'paper'
  list_id: number
  idx: number
  status: number
  state: 'reserved' | 'pending' | 'issued' | 'void'
  key_id: string | null
  holder_key: string | null
  draft: string | null
  credential: string | null
  created_at: number
  issued_at: number | null
  withdrawn_at: number | null
}

/** The signed form of a status list that is being served; `seals` is a seal maker's register beside it. */
export interface PublishedStatusTable {
  list_id: number
  form: 'cwt' | 'jwt' | 'seals'
  revision: number
  issued_at: number
  body: string
}

/**
 * A signed form that was replaced: served for ten more minutes at the address that names its bytes' `hash`
 * (SHA-256, hexadecimal).
 */
export interface FormerStatusTable {
  hash: string
  list_id: number
  form: 'cwt' | 'jwt'
  body: string
  replaced_at: number
}

/** One row: rises, by triggers, with each change of what the trust list is made of. */
export interface TrustRevisionTable {
  id: number
  revision: number
}

/** One row: counts what the server's own roles sign for, the status lists and the deny list. */
export interface OnlineRevisionTable {
  id: number
  revision: number
}

/** The answer to a request with an idempotency key, sealed: it holds offer codes. Kept for 30 days. */
export interface IdempotencyTable {
  actor_id: string
  key: string
  request_hash: string
  answer: string
  created_at: number
}

/** Who of several processes does some work, until its end. */
export interface LeaseTable {
  name: string
  holder: string
  until: number
}

/** All tables by name. */
export interface Schema extends CaseSchema, StaffSchema {
  setting: SettingTable
  agency: AgencyTable
  agency_type: AgencyTypeTable
  office: OfficeTable
  office_key: OfficeKeyTable
  seal_maker: SealMakerTable
  seal_maker_key: SealMakerKeyTable
  time_stamper: TimeStamperTable
  seal: SealTable
  seal_number: SealNumberTable
  seal_event: SealEventTable
  seal_use: SealUseTable
  seal_use_file: SealUseFileTable
  counter: CounterTable
  denied: DeniedTable
  licence_type: LicenceTypeTable
  signing_key: SigningKeyTable
  listed_key: ListedKeyTable
  actor: ActorTable
  api_key: ApiKeyTable
  licence: LicenceTable
  batch: BatchTable
  batch_row: BatchRowTable
  licence_order: LicenceOrderTable
  serial_counter: SerialCounterTable
  status_change: StatusChangeTable
  licence_replacement: LicenceReplacementTable
  offer: OfferTable
  access_token: AccessTokenTable
  dpop_proof: DpopProofTable
  notification: NotificationTable
  deferred: DeferredTable
  authorization_request: AuthorizationRequestTable
  nonce: NonceTable
  status_list: StatusListTable
  credential: CredentialTable
  published_status: PublishedStatusTable
  former_status: FormerStatusTable
  mdoc_certificate: MdocCertificateTable
  trust_revision: TrustRevisionTable
  online_revision: OnlineRevisionTable
  tuf_metadata: TufMetadataTable
  tuf_target: TufTargetTable
  tuf_status: TufStatusTable
  trust_document: TrustDocumentTable
  mirror_file: MirrorFileTable
  idempotency: IdempotencyTable
  kept_status: KeptStatusTable
  lease: LeaseTable
  rate_window: RateWindowTable
  session: SessionTable
  sign_in: SignInTable
  sign_in_code: SignInCodeTable
  request_certificate: RequestCertificateTable
  verification: VerificationTable
  shown_presentation: ShownPresentationTable
  log_entry: LogEntryTable
  log_fact: LogFactTable
  log_word: LogWordTable
  log_hash: LogHashTable
  log_checkpoint: LogCheckpointTable
  log_cosignature: LogCosignatureTable
}

/** The tables of verifications over the network (OpenID4VP 1.0); a row lives no longer than its `forget_at`. */

/** The certificate of a key that signs an office's requests; the private half is the key file named `key_id`. */
export interface RequestCertificateTable {
  key_id: string
  office_id: string
  /** The office's key that issued it. */
  office_key_id: string
  /** DER, base64url. */
  certificate: string
  not_after: number
}

/** What an office asks of whoever has its link. */
export interface VerificationTable {
  id: string
  /** SHA-256 of what stands in the addresses that wallets use, base64url. */
  handle_hash: string
  office_id: string
  /** Who opened it, and alone may read it. */
  actor_id: string
  matter: string
  state: 'open' | 'answered' | 'declined'
  /** What the request is made of, and the key for the answer; sealed, base64url. */
  content: string
  /** What was shown, sealed, base64url. */
  result: string | null
  /** SHA-256 of the code that came back to the person's own browser, base64url. */
  response_code_hash: string | null
  expires_at: number
  forget_at: number
}

/** A presentation that counted, by its id; none counts twice. */
export interface ShownPresentationTable {
  id: string
  forget_at: number
}

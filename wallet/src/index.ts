/** What others may know of the wallet: how an offer reaches it. Its screens start in `main.tsx`. */
export {
  assertKnownIssuer,
  assertTxCode,
  type CredentialOffer,
  MAX_OFFER_CHARS,
  parseOffer,
  type TransactionCode,
} from './offer.ts'
export { isOfferText } from './offer-text.ts'

/** Telling an offer from any other text before it is read; the first screen needs no more. */

/** Says whether a text looks like an offer at all, so that a scanner can let other codes pass. */
export function isOfferText(text: string, walletOrigin: string): boolean {
  const trimmed = text.trim()
  return (
    trimmed.startsWith('openid-credential-offer:') ||
    (trimmed.startsWith(`${walletOrigin}/`) && trimmed.includes('#credential_offer'))
  )
}

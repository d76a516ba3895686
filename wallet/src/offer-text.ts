/**
 * The text of an offer before it is read: telling it from any other text, and keeping it while its
 * window is open. People leave for the message with their code, and phones drop the page meanwhile.
 */

const KEY = 'onetrip.offer'

/** Says whether a text looks like an offer at all, so that a scanner can let other codes pass. */
export function isOfferText(text: string, walletOrigin: string): boolean {
  const trimmed = text.trim()
  return (
    trimmed.startsWith('openid-credential-offer:') ||
    (trimmed.startsWith(`${walletOrigin}/`) && trimmed.includes('#credential_offer'))
  )
}

/** Keeps an open offer for this window only, or drops it. */
export function keepOfferText(text: string | undefined): void {
  try {
    if (text === undefined) {
      sessionStorage.removeItem(KEY)
    } else {
      sessionStorage.setItem(KEY, text)
    }
  } catch {
    // Without session storage an offer lasts as long as its page.
    return
  }
}

/** The offer that was open in this window before the page was loaded again. */
export function keptOfferText(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined
  } catch {
    return undefined
  }
}

/** Tells the text of a link to a request over the network from any other, before it is read. */

/** Schemes by which other wallets are asked (OpenID4VP 1.0 §5, HAIP 1.0 §5). */
export const VP_SCHEMES = ['openid4vp:', 'haip-vp:'] as const

/** Says whether a text looks like such a link at all, so that a scanner can let other codes pass. */
export function isVpLinkText(text: string, walletOrigin: string): boolean {
  const trimmed = text.trim()
  return (
    VP_SCHEMES.some((scheme) => trimmed.startsWith(scheme)) ||
    (trimmed.startsWith(`${walletOrigin}/`) && trimmed.includes('#client_id='))
  )
}

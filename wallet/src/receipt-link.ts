/** An office's receipt in a link to the wallet's own address: for who answered with the wallet on the device that asked. */

const PARAMETER = 'receipt'
/** Longest link taken, in UTF-16 units: a receipt of 24,576 bytes as frames, each character escaped at worst. */
const MAX_LINK_CHARS = 262_144

/** The text of the receipt's code; nothing where an address is no such link. Everything in it is still to be judged. */
export function receiptInLink(address: string, walletOrigin: string): string | undefined {
  if (address.length > MAX_LINK_CHARS || !address.startsWith(`${walletOrigin}/`)) return undefined
  const [, fragment = ''] = address.split('#', 2)
  if (!fragment.startsWith(`${PARAMETER}=`)) return undefined
  return new URLSearchParams(fragment).get(PARAMETER) ?? undefined
}

/** Whether a text before the camera may be a licence; what a hand scanner reads is always verified. */

/** `OT1:` starts our own codes; three base64url parts and a tilde are an SD-JWT (RFC 9901 §4). */
const LICENCE = /^(?:OT1:|[\w-]+\.[\w-]+\.[\w-]+~)/

/** True when the text looks like a presentation; posters and web addresses do not. */
export function isLicenceCode(text: string): boolean {
  return LICENCE.test(text)
}

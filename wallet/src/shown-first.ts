/** What a first showing of a licence discloses; a chunk of its own, as it reads the credential. */
import type { ClaimDefinition } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { disclosedClaims } from './disclosure.ts'
import type { HeldLicence } from './held-licence.ts'
import { licenceContent } from './licence-content.ts'

/** Undefined while the type is not known, and where the record is damaged: then nothing can be shown either. */
export function shownFirst(
  licence: HeldLicence,
  trust: Trust | undefined,
): readonly ClaimDefinition[] | undefined {
  try {
    const content = licenceContent(licence, trust)
    return content && disclosedClaims(content.choice, content.defaults)
  } catch {
    return undefined
  }
}

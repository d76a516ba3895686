/**
 * Which trust data speak for an issuer: ours first, then those of the jurisdictions that ours recognise (互认). What such a
 * jurisdiction recognises in turn is nothing to us: chains have length one (ARCHITECTURE §5).
 */
import type { Presentation, TypeDefinition } from '@onetrip/credential'
import { type Agency, keysByKid, type Recognition, type Trust } from '@onetrip/trust'

/** Where an issuer stands. */
export interface IssuerSource {
  /** The trust data that list the issuer; ours where nobody does. */
  readonly issuerTrust: Trust
  /** Why another jurisdiction's trust data count; absent for ours. */
  readonly recognition: Recognition | undefined
  /** Found by the identifier alone; says nothing before the signature holds. */
  readonly agency: Agency | undefined
}

/**
 * Finds the issuer that a presentation names. An agency of ours is ours, whoever else lists its identifier. Of several
 * jurisdictions that list one, the first whose agency has the named key and whose licences of this type are accepted.
 */
export function findIssuer(presentation: Presentation, trust: Trust): IssuerSource {
  const own = findAgency(presentation, trust)
  if (own !== undefined) return { issuerTrust: trust, recognition: undefined, agency: own }
  const listed = trust.recognised.flatMap(({ recognition, trust: issuerTrust }) => {
    const agency = findAgency(presentation, issuerTrust)
    return agency === undefined ? [] : [{ recognition, issuerTrust, agency }]
  })
  const withKey = listed.filter(({ agency }) => hasNamedKey(presentation, agency))
  const accepted = withKey.find(({ recognition, issuerTrust }) => {
    const type = findType(presentation, issuerTrust)
    return type !== undefined && recognition.types.includes(type.typeCode)
  })
  const found = accepted ?? withKey[0] ?? listed[0]
  return found ?? { issuerTrust: trust, recognition: undefined, agency: undefined }
}

/** The definition of the type that a presentation names, in the issuer's own trust data. */
export function findType({ kind, claims }: Presentation, trust: Trust): TypeDefinition | undefined {
  return kind === 'sd-jwt' || kind === 'mdoc'
    ? trust.typeByVct(claims.vct)
    : trust.type(claims.vct, claims.typeVersion ?? 1)
}

function findAgency({ kind, claims }: Presentation, trust: Trust): Agency | undefined {
  return kind === 'sd-jwt' ? trust.agencyByUrl(claims.iss) : trust.agencyById(claims.iss)
}

function hasNamedKey({ issuerSigned: { kid } }: Presentation, agency: Agency): boolean {
  return kid !== undefined && keysByKid(agency, kid).some(({ use }) => use === 'issue')
}

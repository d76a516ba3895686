/** Who offers what, in the words of the trust list; what only the issuer says stands in quotation. */
import { Data, localised, Row } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { fetchIssuerEndpoints } from '../issuer-metadata.ts'
import type { CredentialOffer } from '../offer.ts'
import { trust } from '../wallet-state.ts'
import { wo } from '../words-offer.ts'

/** Properties of {@link OfferSummary}. */
export interface OfferSummaryProps {
  readonly offer: CredentialOffer
}

/** The issuing service, the licence type, and the agencies that may issue it. */
export function OfferSummary({ offer }: OfferSummaryProps): VNode {
  const types = useOfferedTypes(offer)
  const known = types.flatMap((vct) => trust.value?.typeByVct(vct) ?? [])
  const [type] = known
  const agencies = (trust.value?.agencies ?? []).filter((agency) =>
    agency.keys.some((key) => type !== undefined && key.types?.includes(type.typeCode)),
  )
  return (
    <dl class="rows offer-summary">
      <Row term={wo('offer.what')}>
        <strong>{type === undefined ? wo('offer.unknownType') : localised(type.name)}</strong>
      </Row>
      {agencies.length === 0 ? null : (
        <Row term={wo('offer.issuers')}>
          {agencies.map((agency) => (
            <span key={agency.id} class="line">
              <Data>{localised(agency.name)}</Data>
            </span>
          ))}
        </Row>
      )}
      <Row term={wo('offer.from')}>
        <Data>{offer.credentialIssuer}</Data>
      </Row>
      {offer.txCode?.description === undefined ? null : (
        <Row term={wo('offer.code.says')}>
          <Data>{offer.txCode.description}</Data>
        </Row>
      )}
    </dl>
  )
}

/** The `vct` of each offered configuration; empty until the issuer answers, or when it does not. */
function useOfferedTypes(offer: CredentialOffer): readonly string[] {
  const [types, setTypes] = useState<readonly string[]>([])
  useEffect(() => {
    let current = true
    fetchIssuerEndpoints(offer.credentialIssuer, (url, init) => fetch(url, init)).then(
      ({ configurations }) => {
        if (current) {
          setTypes(offer.configurationIds.flatMap((id) => configurations.get(id)?.vct ?? []))
        }
      },
      // Accepting asks again and tells what is wrong; here the names are only not known yet.
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [offer])
  return types
}

/** Looks up what the trust data say of a presentation, and has its signatures verified. */
import { fault } from '@onetrip/codec'
import type { TypeDefinition } from '@onetrip/credential'
import { type DisclosedClaim, type Mode, type Presentation, readClaims } from '@onetrip/credential'
import { type Agency, type AgencyKey, keysByKid } from '@onetrip/trust'
import { findInclusions } from './inclusions.ts'
import { findIssuer, findType } from './issuer-source.ts'
import { findLicenceSeal } from './licence-seal.ts'
import { readPageText } from './page-text.ts'
import type { Settled, Subject } from './rule.ts'
import { settle, settleAsync } from './settle.ts'
import { findStatusList } from './status-source.ts'

/** What the caller brought, every choice made. */
export type Question = Pick<
  Subject,
  | 'trust'
  | 'now'
  | 'accept'
  | 'policy'
  | 'office'
  | 'speaksFor'
  | 'request'
  | 'delegated'
  | 'seen'
  | 'environment'
  | 'expectedHolder'
  | 'receipts'
  | 'readText'
>

/** Gathers the subject; the issuer's and the holder's signature are verified side by side. */
export async function gatherSubject(
  presentation: Presentation,
  question: Question,
): Promise<Subject> {
  const { trust, now, receipts } = question
  const source = findIssuer(presentation, trust)
  const { agency, issuerTrust } = source
  const namedKeys = findKeys(presentation, agency)
  const { algorithm } = presentation.issuerSigned
  const candidateKeys = namedKeys.filter(({ key }) => key.algorithm === algorithm)
  const [issuerKey, keyBinding] = await Promise.all([
    proveIssuer(presentation, candidateKeys),
    proveHolder(presentation, candidateKeys),
  ])
  const { seal: reference } = presentation.claims
  const isStated = reference !== undefined && issuerKey.code === undefined
  const seal = isStated ? await findLicenceSeal(reference, issuerTrust) : undefined
  const asked = { trust: issuerTrust, now, receipts }
  const isProven = issuerKey.code === undefined
  const inclusions = isProven ? await findInclusions(presentation, asked) : undefined
  // What is nobody's word is compared with nothing: a hostile file costs no reading of its pages.
  const pageText = issuerKey.code === undefined ? await readPageText(question.readText) : issuerKey
  const type = findType(presentation, issuerTrust)
  return {
    // One by one: spread, the thirteen of the question would take as long as a hash.
    trust,
    now,
    accept: question.accept,
    policy: question.policy,
    office: question.office,
    speaksFor: question.speaksFor,
    request: question.request,
    delegated: question.delegated,
    seen: question.seen,
    environment: question.environment,
    expectedHolder: question.expectedHolder,
    receipts,
    readText: question.readText,
    issuerTrust,
    recognition: source.recognition,
    agency,
    presentation,
    mode: modeOf(presentation),
    namedKeys,
    candidateKeys,
    issuerKey,
    keyBinding,
    pageText,
    type,
    receiptRequired: type !== undefined && issuerTrust.requiresReceipt(type.typeCode),
    inclusions,
    claims: issuerKey.code === undefined ? findClaims(presentation, type) : issuerKey,
    seal,
    statusList: findStatusList({
      trust: issuerTrust,
      owner: agency?.id,
      uri: presentation.claims.status.uri,
    }),
  }
}

/** How it is shown. A key binding without a mode, a foreign wallet's, is `requested`. */
export function modeOf({ kind, keyBinding }: Presentation): Mode | undefined {
  if (kind === 'paper') return 'paper'
  return keyBinding === undefined ? undefined : (keyBinding.mode ?? 'requested')
}

/** The keys of the agency that a presentation's issuer signature names. */
export function findKeys(
  { issuerSigned }: Presentation,
  agency: Agency | undefined,
): readonly AgencyKey[] {
  const { kid } = issuerSigned
  if (agency === undefined || kid === undefined) return []
  return keysByKid(agency, kid).filter(({ use }) => use === 'issue')
}

/** Two keys can share an 8-byte kid: each is tried, none is preferred (ARCHITECTURE §10 TR09). */
export async function proveIssuer(
  { issuerSigned }: Presentation,
  candidates: readonly AgencyKey[],
): Promise<Settled<AgencyKey>> {
  let failed: Settled<AgencyKey> = { code: 'signature/invalid' }
  for (const candidate of candidates) {
    const tried = await settleAsync(() => issuerSigned.verify(candidate.key))
    if (tried.code === undefined) return { value: candidate }
    failed = { code: tried.code }
  }
  return failed
}

async function proveHolder(
  { claims, keyBinding }: Presentation,
  candidates: readonly AgencyKey[],
): Promise<Settled<true>> {
  const { holderKey } = claims
  if (candidates.length === 0 || keyBinding === undefined || holderKey === undefined) {
    return { code: 'key-binding/signature' }
  }
  const tried = await settleAsync(() => keyBinding.verify(holderKey))
  return tried.code === undefined ? { value: true } : { code: tried.code }
}

function findClaims(
  { claims, kind }: Presentation,
  type: TypeDefinition | undefined,
): Settled<readonly DisclosedClaim[]> {
  if (type === undefined) return { code: 'type/unknown' }
  return settle(() => {
    const read = readClaims(type, claims.raw)
    assertPublicClaims({ type, read, kind })
    return read
  })
}

/** What is public by law is never hidden; a paper code states less of it, and all of that. */
function assertPublicClaims(options: {
  readonly type: TypeDefinition
  readonly read: readonly DisclosedClaim[]
  readonly kind: Presentation['kind']
}): void {
  const { type, read, kind } = options
  for (const { name, sd, mandatory, paper } of type.claims) {
    if (sd !== 'never' || !mandatory || (kind === 'paper' && !paper)) continue
    if (!read.some((claim) => claim.name === name)) throw fault('claim/missing')
  }
}

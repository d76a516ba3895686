/** What a verdict tells of a licence; the issuer's name comes from the trust list (ARCHITECTURE §4). */
import type { Mutable } from '@onetrip/codec'
import { licenceIdentifier, NAMED_RECIPIENT } from '@onetrip/credential'
import type { Agency, Recognition } from '@onetrip/trust'
import type { Subject } from './rule.ts'
import { settle } from './settle.ts'
import type {
  CopyNote,
  DelegationNote,
  LicenceSealVerdict,
  LicenceVerdict,
  Outcome,
} from './verdict.ts'

/** The licence shown, or none where its issuer or type is not known. Call it for signed content only. */
export function licenceVerdict(subject: Subject, outcome: Outcome): LicenceVerdict | undefined {
  const { agency, recognition, type, claims, presentation } = subject
  if (agency === undefined || type === undefined) return undefined
  const { serial, version, validFrom, validTo, hiddenCount } = presentation.claims
  const { typeCode } = type
  const identifier = settle(() =>
    licenceIdentifier({ typeCode, issuer: agency.id, serial, version }),
  ).value
  const copy = copyNote(subject)
  const delegation = delegationNote(subject)
  const seal = sealNote(subject)
  const licence: Mutable<LicenceVerdict> = {
    outcome,
    typeCode,
    typeName: type.name,
    typeVersion: type.version,
    issuer: issuerNote(agency, recognition),
    serial,
    version,
    validFrom,
    about: type.about,
    claims: claims.value ?? [],
    hiddenCount,
    checkPerson: type.about === 'person',
  }
  if (identifier !== undefined) licence.identifier = identifier
  if (validTo !== undefined) licence.validTo = validTo
  if (seal !== undefined) licence.seal = seal
  if (copy !== undefined) licence.copy = copy
  if (delegation !== undefined) licence.delegation = delegation
  return licence
}

function issuerNote(
  { id, name }: Agency,
  recognition: Recognition | undefined,
): LicenceVerdict['issuer'] {
  if (recognition === undefined) return { id, name }
  return { id, name, jurisdiction: { id: recognition.id, name: recognition.name } }
}

function sealNote({ seal }: Subject): LicenceSealVerdict | undefined {
  if (seal?.value === undefined) return undefined
  const { facts, maker, entry, asOf } = seal.value
  const { id, name, kind, owner, validFrom, validTo } = facts
  return {
    id,
    name,
    kind,
    owner,
    maker: { id: maker.id, name: maker.name },
    validFrom,
    validTo,
    state: entry.state,
    ...(entry.state === 'in-use' ? {} : { since: entry.since }),
    asOf,
  }
}

function copyNote({ mode, presentation: { keyBinding } }: Subject): CopyNote | undefined {
  if (mode !== 'copy' || keyBinding?.expiresAt === undefined) return undefined
  const { audience, purpose = '', expiresAt } = keyBinding
  const recipient = audience.startsWith(NAMED_RECIPIENT)
    ? { name: audience.slice(NAMED_RECIPIENT.length) }
    : { office: audience }
  return { recipient, purpose, endsAt: expiresAt }
}

function delegationNote({ mode, presentation }: Subject): DelegationNote | undefined {
  const { audience, matter, expiresAt } = presentation.keyBinding ?? {}
  if (mode !== 'delegate' || audience === undefined) return undefined
  if (matter === undefined || expiresAt === undefined) return undefined
  return { delegate: audience, matter, endsAt: expiresAt }
}

/** What a verdict tells of a licence; the issuer's name comes from the trust list (ARCHITECTURE §4). */
import { licenceIdentifier, NAMED_RECIPIENT } from '@onetrip/credential'
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
  return {
    outcome,
    typeCode,
    typeName: type.name,
    ...(identifier === undefined ? {} : { identifier }),
    issuer: {
      id: agency.id,
      name: agency.name,
      ...(recognition === undefined
        ? {}
        : { jurisdiction: { id: recognition.id, name: recognition.name } }),
    },
    serial,
    version,
    validFrom,
    ...(validTo === undefined ? {} : { validTo }),
    about: type.about,
    claims: claims.value ?? [],
    hiddenCount,
    ...(seal === undefined ? {} : { seal }),
    ...(copy === undefined ? {} : { copy }),
    ...(delegation === undefined ? {} : { delegation }),
    checkPerson: type.about === 'person',
  }
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

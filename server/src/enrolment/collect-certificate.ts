/**
 * A confirmed counter fetches its certificate, the first one and each renewal, by proving its key again. How long the
 * certificate will count is stored before it is signed, so that whatever was signed stays on the deny list until then.
 */
import { fault, fromBase64url, jwkThumbprint, toBase64url } from '@onetrip/codec'
import { MAX_COUNTER_SECONDS } from '@onetrip/credential'
import { issueCounterCertificate } from '@onetrip/issuer'
import { failpoint } from '../failpoint.ts'
import { publicKeyOfJwkText } from '../keys/key-store.ts'
import { recordAct } from '../record/append.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import type { CounterTable } from '../storage/schema.ts'
import type { OwnSigner } from '../trust-data/signing-key.ts'
import { spendNonce } from './ask-enrolment.ts'
import { verifyCounterProof } from './counter-proof.ts'
import { mattersOf } from './office-counters.ts'
import { officeSigner } from './office-keys.ts'

const DAY_SECONDS = 86_400

/** Answer to a counter: it still has to be confirmed, or its certificate (COSE_Sign1, base64url). */
export type CollectAnswer =
  | { readonly state: 'asked'; readonly expiresAt: number }
  | { readonly state: 'confirmed'; readonly certificate: string }

/**
 * Gives a confirmed counter its certificate: the kept one in the first half of its life, else a new one of 30 days.
 * Throws `enrolment/proof`, `enrolment/nonce`, `enrolment/not-found`, `enrolment/expired` (its code is over),
 * `counter/denied`, `key/unknown` (the office has no key in force).
 */
export async function collectCertificate(
  services: Services,
  proof: string,
): Promise<CollectAnswer> {
  const audience = services.config.apiOrigin
  const { key, nonce } = await verifyCounterProof({ proof, audience, act: 'collect' })
  const row = await transact(services.storage, async (transaction) => {
    await spendNonce(services, transaction, nonce)
    return transaction
      .selectFrom('counter')
      .selectAll()
      .where('thumbprint', '=', jwkThumbprint(key))
      .executeTakeFirst()
  })
  if (row === undefined) throw fault('enrolment/not-found')
  if (row.state === 'denied') throw fault('counter/denied')
  if (row.state === 'confirmed') {
    return { state: 'confirmed', certificate: toBase64url(await certificateOf(services, row)) }
  }
  if (row.code_until <= services.now()) throw fault('enrolment/expired')
  return { state: 'asked', expiresAt: row.code_until }
}

/**
 * The certificate of a counter that has no network, for the pack that is carried to it: of use to nobody but the holder of
 * its key. Throws `counter/not-found` (also of one that is not confirmed yet), `counter/denied`, `key/unknown`.
 */
export async function certificateFor(services: Services, thumbprint: string): Promise<Uint8Array> {
  const row = await services.storage
    .selectFrom('counter')
    .selectAll()
    .where('thumbprint', '=', thumbprint)
    .executeTakeFirst()
  if (row === undefined || row.state === 'asked') throw fault('counter/not-found')
  if (row.state === 'denied') throw fault('counter/denied')
  // Nobody comes by again soon.
  return certificateOf(services, row, DAY_SECONDS)
}

/** The kept certificate while it is younger than `maxAgeSeconds` and half its life, else a new one. */
async function certificateOf(
  services: Services,
  row: CounterTable,
  maxAgeSeconds = Infinity,
): Promise<Uint8Array> {
  const office = await officeSigner(services, row.office_id)
  const kept = keptCertificate(services, row, { office, maxAgeSeconds })
  if (kept !== undefined) return kept
  const issuedAt = services.now()
  const expiresAt = issuedAt + MAX_COUNTER_SECONDS
  await reserve(services, row, { until: expiresAt, key: office.keyId })
  failpoint(services.config, 'counter/after-reserve')
  const certificate = await issueCounterCertificate(
    {
      office: row.office_id,
      device: {
        number: row.number ?? '',
        name: row.name,
        key: publicKeyOfJwkText(row.public_jwk),
      },
      matters: mattersOf(row),
      issuedAt,
      expiresAt,
    },
    office.signer,
  )
  failpoint(services.config, 'counter/after-sign')
  await keep(services, row.id, {
    key_id: office.keyId,
    certificate: toBase64url(certificate),
    certificate_from: issuedAt,
    certificate_until: expiresAt,
  })
  return certificate
}

/** The newest certificate, unless half of its life is over or its key is no longer the office's. */
function keptCertificate(
  services: Services,
  row: CounterTable,
  { office, maxAgeSeconds }: { readonly office: OwnSigner; readonly maxAgeSeconds: number },
): Uint8Array | undefined {
  const { certificate, certificate_from: from, certificate_until: until, key_id: keyId } = row
  if (certificate === null || from === null || until === null) return undefined
  const isYoung = services.now() < from + Math.min((until - from) / 2, maxAgeSeconds)
  return isYoung && keyId === office.keyId ? fromBase64url(certificate) : undefined
}

/** Says, before it is signed, until when a certificate will count. Throws `counter/denied` when that came first. */
async function reserve(
  services: Services,
  { id, office_id: agency }: CounterTable,
  { until, key }: { readonly until: number; readonly key: string },
): Promise<void> {
  await transact(services.storage, async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('counter')
      .set({ signed_until: until })
      .where('id', '=', id)
      .where('state', '=', 'confirmed')
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) throw fault('counter/denied')
    const facts = { counter: id, key, until }
    await recordAct(services, transaction, { act: 'counter/certify', agency, facts })
  })
}

/** Keeps a certificate, never in the place of one that ends later: two may be signed at once. */
async function keep(
  services: Services,
  id: string,
  signed: Pick<CounterTable, 'key_id' | 'certificate' | 'certificate_from' | 'certificate_until'>,
): Promise<void> {
  const from = signed.certificate_from ?? 0
  await transact(services.storage, (transaction) =>
    transaction
      .updateTable('counter')
      .set(signed)
      .where('id', '=', id)
      .where('state', '=', 'confirmed')
      .where((where) =>
        where.or([where('certificate_from', 'is', null), where('certificate_from', '<=', from)]),
      )
      .execute(),
  )
}

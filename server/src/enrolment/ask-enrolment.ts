/** A device asks to be enrolled: kept as `asked` with its short code until an administrator confirms or it is over. */
import { encodeJson, Fault, fault, jwkThumbprint, publicKeyToJwk } from '@onetrip/codec'
import { enrolmentCode } from '@onetrip/credential'
import { assertOffice } from '../actors/api-keys.ts'
import { useNonce } from '../openid4vci/nonce.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { type CounterProof, verifyCounterProof } from './counter-proof.ts'

/** How long a short code waits to be confirmed. */
export const CODE_LIFE_SECONDS = 600

/** Devices of one office that may wait at the same time: more is no day at an office but a flood. */
export const MAX_WAITING = 50

/** Answer to a device that asked. */
export interface AskedAnswer {
  readonly id: string
  /** Unix seconds at which its code is over. */
  readonly expiresAt: number
}

/**
 * Takes the request of a device. One key is one device: asking again replaces what waits and its code. Throws
 * `enrolment/proof`, `enrolment/nonce`, `counter/office-unknown`, `counter/denied`, `enrolment/exists` (the key is a
 * counter already), `http/rate-limited` (too many wait).
 */
export async function askEnrolment(services: Services, proof: string): Promise<AskedAnswer> {
  const audience = services.config.apiOrigin
  const proved = await verifyCounterProof({ proof, audience, act: 'enrol' })
  return transact(services.storage, async (transaction) => {
    await spendNonce(services, transaction, proved.nonce)
    return keepAsked(services, transaction, proved)
  })
}

/** Uses the nonce of a proof up; throws `enrolment/nonce`. */
export async function spendNonce(
  services: Services,
  transaction: StorageTransaction,
  nonce: string,
): Promise<void> {
  try {
    await useNonce(services, transaction, nonce)
  } catch (error) {
    if (error instanceof Fault && error.code === 'openid/nonce') throw fault('enrolment/nonce')
    throw error
  }
}

async function keepAsked(
  services: Services,
  transaction: StorageTransaction,
  { key, nonce, wish }: CounterProof,
): Promise<AskedAnswer> {
  if (wish.act !== 'enrol') throw new TypeError('a proof of another act')
  const { office, deviceName } = wish
  await assertOffice(transaction, office)
  const now = services.now()
  await transaction
    .deleteFrom('counter')
    .where('state', '=', 'asked')
    .where('code_until', '<=', now)
    .execute()
  const thumbprint = jwkThumbprint(key)
  const known = await transaction
    .selectFrom('counter')
    .select(['id', 'state'])
    .where('thumbprint', '=', thumbprint)
    .executeTakeFirst()
  if (known?.state === 'denied') throw fault('counter/denied')
  if (known?.state === 'confirmed') throw fault('enrolment/exists')
  const asked = {
    office_id: office,
    name: deviceName,
    code: enrolmentCode({ key, office, deviceName, nonce }),
    code_until: now + CODE_LIFE_SECONDS,
    asked_at: now,
  }
  if (known !== undefined) {
    await transaction.updateTable('counter').set(asked).where('id', '=', known.id).execute()
    return { id: known.id, expiresAt: asked.code_until }
  }
  await assertRoom(transaction, office)
  const id = services.newId()
  await transaction
    .insertInto('counter')
    .values({
      id,
      thumbprint,
      public_jwk: encodeJson(publicKeyToJwk(key)),
      state: 'asked',
      matters: '[]',
      ...asked,
    })
    .execute()
  return { id, expiresAt: asked.code_until }
}

async function assertRoom(transaction: StorageTransaction, office: string): Promise<void> {
  const waiting = await transaction
    .selectFrom('counter')
    .select('id')
    .where('state', '=', 'asked')
    .where('office_id', '=', office)
    .limit(MAX_WAITING)
    .execute()
  if (waiting.length >= MAX_WAITING) throw fault('http/rate-limited')
}

/** Seal makers (印章制作单位) of the trust list, and the keys with which they state seals and sign their status. */
import { fault } from '@onetrip/codec'
import { isUscc } from '@onetrip/credential'
import type { Services } from '../services.ts'
import type { SealMakerKeyTable } from '../storage/schema.ts'
import type { LocalName } from './agencies.ts'
import { MAX_SEAL_SECONDS } from './key-listing.ts'
import { firstKeyRow, type KeyRowBase } from './key-row.ts'
import { ownCertificate } from './own-certificate.ts'
import { register } from './register.ts'
import { currentSigner, type OwnSigner } from './signing-key.ts'

/** What a seal maker's key is for; one algorithm each. */
export const SEAL_PURPOSES = {
  'seal-cbor': 'Ed25519',
  'seal-jws': 'ES256',
  'seal-status-cbor': 'Ed25519',
  'seal-status-jws': 'ES256',
} as const

/** One of {@link SEAL_PURPOSES}. */
export type SealPurpose = keyof typeof SEAL_PURPOSES

const PURPOSES: readonly SealPurpose[] = [
  'seal-cbor',
  'seal-jws',
  'seal-status-cbor',
  'seal-status-jws',
]

/** The row of a seal maker's key, with its certificate where it signs those of seals. */
export async function sealMakerKeyRow(
  services: Services,
  maker: { readonly id: string; readonly name: string },
  row: KeyRowBase & { readonly purpose: SealPurpose },
): Promise<SealMakerKeyTable> {
  const certifies = row.purpose === 'seal-jws'
  const issuesForSeconds = MAX_SEAL_SECONDS
  const certificate = certifies
    ? await ownCertificate(services, { owner: maker, row, issuesForSeconds })
    : null
  return { ...row, seal_maker_id: maker.id, certificate }
}

/** What a key of this purpose is for in the trust list. */
export function sealKeyUse(purpose: SealPurpose): 'seal' | 'status' {
  return purpose === 'seal-cbor' || purpose === 'seal-jws' ? 'seal' : 'status'
}

/** Adds or renames a seal maker (`id` is its USCC), and makes its keys. Throws `input/invalid`. */
export async function registerSealMaker(
  services: Services,
  maker: { readonly id: string; readonly name: LocalName },
): Promise<void> {
  const { id } = maker
  if (!isUscc(id)) throw fault('input/invalid', 'a seal maker needs a valid USCC')
  const name = JSON.stringify(maker.name)
  const keys = await Promise.all(
    PURPOSES.map(async (purpose) => {
      const key = { owner: id, purpose, algorithm: SEAL_PURPOSES[purpose] }
      const row = await firstKeyRow(services, key)
      return sealMakerKeyRow(services, { id, name }, { ...row, purpose })
    }),
  )
  const facts = { name: maker.name['zh-CN'] }
  const act = { act: 'seal-maker/register', agency: id, facts }
  await register(services, act, async (transaction) => {
    await transaction
      .insertInto('seal_maker')
      .values({ id, name })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({ name }).where('seal_maker.name', '!=', name),
      )
      .execute()
    for (const key of keys) {
      await transaction
        .insertInto('seal_maker_key')
        .values(key)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
    }
  })
}

/** The key a seal maker signs with now: the newest in force. Throws `key/unknown`. */
export async function sealMakerSigner(
  services: Services,
  makerId: string,
  purpose: SealPurpose,
): Promise<OwnSigner> {
  const rows = await services.storage
    .selectFrom('seal_maker_key')
    .leftJoin('listed_key', 'listed_key.kid', 'seal_maker_key.kid')
    .select(['id', 'not_before', 'not_after', 'revoked_from', 'retired_at', 'listed_at'])
    .where('seal_maker_id', '=', makerId)
    .where('purpose', '=', purpose)
    .execute()
  return currentSigner(services, rows)
}

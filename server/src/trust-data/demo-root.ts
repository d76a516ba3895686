/** The root of a demonstration, which the server signs in the place of people and renews at its half life. */
import { type PublicKey, sha256, toBase64url } from '@onetrip/codec'
import { draftRoot, signTuf } from '@onetrip/trust'
import { recordAct } from '../record/append.ts'
import type { Services } from '../services.ts'
import { isUniqueViolation, transact } from '../storage/database.ts'
import { metadataRow, newestMetadata } from './repository-rows.ts'
import { nextHead, timesOf } from './role-change.ts'
import { DEMO_THRESHOLD, demoSigners, onlineKeys } from './trust-keys.ts'

const ROOT_LIFE_SECONDS = 365 * 86_400

/** Sees to it that a demonstration has a root in date; a server in production waits for the ones that are brought to it. */
export async function ensureDemoRoot(services: Services): Promise<void> {
  if (services.config.mode !== 'demo') return
  const before = await newestMetadata(services.storage, 'root')
  const now = services.now()
  if (before !== undefined && before.expires_at - now > ROOT_LIFE_SECONDS / 2) return
  const signers = demoSigners(services, 'root')
  const online = await onlineKeys(services)
  const one = (key: PublicKey) => ({ keys: [key], threshold: 1 })
  const head = nextHead({ role: 'root', before, madeOf: '', now, life: ROOT_LIFE_SECONDS })
  const draft = draftRoot({
    ...timesOf(head),
    roles: {
      root: { keys: signers.map(({ publicKey }) => publicKey), threshold: DEMO_THRESHOLD },
      targets: {
        keys: demoSigners(services, 'targets').map(({ publicKey }) => publicKey),
        threshold: DEMO_THRESHOLD,
      },
      snapshot: one(online.snapshot),
      timestamp: one(online.timestamp),
    },
  })
  const bytes = await signTuf(draft, signers.slice(0, DEMO_THRESHOLD))
  try {
    await transact(services.storage, async (transaction) => {
      const row = metadataRow(head, bytes)
      await transaction.insertInto('tuf_metadata').values(row).execute()
      const facts = { role: 'root', version: row.version, digest: toBase64url(sha256(bytes)) }
      await recordAct(services, transaction, { act: 'trust/bring', facts })
    })
  } catch (error) {
    // Another process has made the root in the meantime; then that one counts.
    if (!isUniqueViolation(error)) throw error
  }
}

/** Whether the keys that the server knows are those of the HSM; said in the log, for a server without its HSM still serves what is public. */
import { samePublicKey } from '@onetrip/codec'
import type { KeyStore } from '../keys/key-store.ts'
import type { Log } from '../log.ts'
import type { Hsm } from './hsm.ts'
import { hsmPublicKey } from './hsm-signer.ts'

/** Names of keys that are missing there, or are others; undefined where the HSM does not answer. */
export async function checkHsmKeys(
  hsm: Hsm,
  keys: Pick<KeyStore, 'hsmKeys'>,
  log: Log,
): Promise<readonly string[] | undefined> {
  const there = await hsm.listKeys().catch(() => undefined)
  if (there === undefined) return undefined
  const byId = new Map(there.map((key) => [key.id, key]))
  const differing = Array.from(keys.hsmKeys()).flatMap(([name, { id, publicKey }]) => {
    const key = byId.get(id)
    return key !== undefined && samePublicKey(hsmPublicKey(key), publicKey) ? [] : [name]
  })
  for (const key of differing) log('hsm/key-differs', { key })
  return differing
}

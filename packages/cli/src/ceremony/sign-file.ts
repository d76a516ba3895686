/** One person's signature on a file of a ceremony. */
import { jwkThumbprint, samePublicKey } from '@onetrip/codec'
import { MAX_KEY_FILE_BYTES, openKeyFile } from '@onetrip/server'
import { addSignature, type RoleKeys } from '@onetrip/trust'
import { readLimited } from '../read-limited.ts'
import { type CommandContext, UsageError } from '../usage.ts'
import { passphraseFor } from './passphrase.ts'
import { recordAct } from './transcript.ts'
import { replaceFile } from './write-file.ts'

/** What is signed, by whom, and for which of several roles it may count. */
export interface Signing {
  readonly file: string
  readonly bytes: Uint8Array
  readonly keyFile: string
  readonly actor: string
  readonly roles: readonly RoleKeys[]
}

/** Adds the signature and records it; answers the file as it is then. Throws `UsageError` for a key that would not count. */
export async function signFile(context: CommandContext, signing: Signing): Promise<Uint8Array> {
  const { file, keyFile, actor, roles } = signing
  const keyBytes = await readLimited(keyFile, MAX_KEY_FILE_BYTES + 1)
  const signer = openKeyFile(keyBytes, await passphraseFor(context, { isNew: false }))
  const counts = roles.some(({ role, keys }) =>
    role.keyids.some((keyid) => {
      const key = keys.get(keyid)?.publicKey()
      return key !== undefined && samePublicKey(key, signer.publicKey)
    }),
  )
  if (!counts) throw new UsageError('this key may not sign this file')
  const bytes = await addSignature(signing.bytes, signer)
  await replaceFile(file, bytes)
  const key = jwkThumbprint(signer.publicKey)
  await recordAct({ act: 'sign', file, bytes, key, actor, now: context.now() })
  return bytes
}

/**
 * A saved licence becomes a held one by what its credentials prove. One that has ended or was revoked is restored too, and
 * says so; one that is not known to be genuine is not, for anybody may hand somebody a file and its code.
 */
import { fault, type PublicKey } from '@onetrip/codec'
import { parseSdCwt, parseSdJwt } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import type { LicenceVerdict, Verdict } from '@onetrip/verifier'
import type { HeldLicence } from '../held-licence.ts'
import type { HolderKey } from '../holder-key.ts'
import { heldLicence } from '../received-licence.ts'
import { parseLicence } from '../stored-shape.ts'
import type { SavedLicence } from './backup-document.ts'

/**
 * The record of a saved licence, its keys elsewhere. Throws why its credentials are not genuine, or not known to be by these
 * trust data; `storage/corrupt` where the rest of it is damaged.
 */
export async function restoredLicence(options: {
  readonly saved: SavedLicence
  readonly trust: Trust
  /** Unix seconds. */
  readonly now: number
}): Promise<HeldLicence> {
  const { saved, trust, now } = options
  const { sdCwt, sdJwt, past } = saved
  const keys = {
    cbor: keyElsewhere(parseSdCwt(sdCwt).claims.holderKey),
    jws: keyElsewhere(parseSdJwt(sdJwt).claims.holderKey),
  }
  const whole = await heldLicence({
    credentials: { keys, sdCwt, sdJwt },
    trust,
    now,
    judge: genuine,
  })
  const { receivedAt: _at, shownCount: _count, copies: _copies, ...stated } = whole
  return parseLicence({ ...past, ...stated })
}

/** A verdict tells of a licence only what its issuer signed. */
function genuine({ licences, reason }: Verdict): LicenceVerdict {
  const [licence] = licences
  if (licence === undefined) {
    throw fault(reason ?? 'credential/format')
  }
  return licence
}

function keyElsewhere(key: PublicKey | undefined): HolderKey {
  if (key?.algorithm !== 'Ed25519' && key?.algorithm !== 'ES256') {
    throw fault('key/format')
  }
  return { algorithm: key.algorithm, publicRaw: key.raw, secret: { kind: 'elsewhere' } }
}

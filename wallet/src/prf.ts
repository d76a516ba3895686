/**
 * Unlocking by fingerprint or face: a passkey of this device whose PRF extension (WebAuthn Level 3
 * §10.1.4) gives the same 32 bytes for the same input, after the device made sure of its user. The
 * passkey signs nothing for anyone; there is no server behind it.
 */
import { platformRandom } from './platform-random.ts'

const INPUT_BYTES = 32
const CHALLENGE_BYTES = 32
const USER_ID_BYTES = 16
const TIMEOUT_MS = 120_000
/** Ed25519, ES256, RS256 (Windows Hello). */
const ALGORITHMS = [-8, -7, -257]

/** A passkey with PRF and what it gave for its input. */
export interface PrfPasskey {
  readonly credentialId: Uint8Array
  /** 32 bytes. */
  readonly input: Uint8Array
  /** 32 bytes. */
  readonly secret: Uint8Array
}

/** Says whether this device can unlock by fingerprint or face. */
export async function hasPrf(): Promise<boolean> {
  if (typeof PublicKeyCredential === 'undefined') {
    return false
  }
  try {
    return await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable()
  } catch {
    return false
  }
}

/** Makes a passkey on this device; undefined when the person declines or the device has no PRF. */
export async function createPasskey(name: string): Promise<PrfPasskey | undefined> {
  const input = platformRandom(INPUT_BYTES)
  const credential = await declinable(() =>
    navigator.credentials.create({
      publicKey: {
        rp: { name },
        user: { id: bytes(platformRandom(USER_ID_BYTES)), name, displayName: name },
        challenge: bytes(platformRandom(CHALLENGE_BYTES)),
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: {
          authenticatorAttachment: 'platform',
          residentKey: 'preferred',
          userVerification: 'required',
        },
        extensions: { prf: { eval: { first: bytes(input) } } },
        timeout: TIMEOUT_MS,
      },
    }),
  )
  if (!(credential instanceof PublicKeyCredential)) {
    return undefined
  }
  const credentialId = new Uint8Array(credential.rawId)
  // Many platforms evaluate the PRF only when the passkey is used, not when it is made.
  const secret = secretOf(credential) ?? (await askPasskey({ credentialId, input }))
  return secret === undefined ? undefined : { credentialId, input, secret }
}

/** Asks the device for its user; the 32 bytes, or undefined when the person declines. */
export async function askPasskey(
  passkey: Pick<PrfPasskey, 'credentialId' | 'input'>,
): Promise<Uint8Array | undefined> {
  const credential = await declinable(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: bytes(platformRandom(CHALLENGE_BYTES)),
        allowCredentials: [{ type: 'public-key', id: bytes(passkey.credentialId) }],
        userVerification: 'required',
        extensions: { prf: { eval: { first: bytes(passkey.input) } } },
        timeout: TIMEOUT_MS,
      },
    }),
  )
  return credential instanceof PublicKeyCredential ? secretOf(credential) : undefined
}

async function declinable(ask: () => Promise<Credential | null>): Promise<Credential | null> {
  try {
    return await ask()
  } catch {
    // Declined, timed out, or the passkey is gone: the passcode is always there.
    return null
  }
}

function secretOf(credential: PublicKeyCredential): Uint8Array | undefined {
  const first = credential.getClientExtensionResults().prf?.results?.first
  if (first === undefined) {
    return undefined
  }
  const secret = ArrayBuffer.isView(first)
    ? new Uint8Array(first.buffer, first.byteOffset, first.byteLength)
    : new Uint8Array(first)
  return secret.length === INPUT_BYTES ? secret : undefined
}

function bytes(source: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(source)
}

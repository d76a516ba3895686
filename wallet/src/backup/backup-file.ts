/**
 * A backup as a file (`.otbackup`), authenticated whole. A key made of 128 random bits needs no stretching: HKDF-SHA-256
 * (RFC 5869) makes an AES-256-GCM key (NIST SP 800-38D) of the recovery code, for this file alone.
 *
 * | bytes | |
 * |---|---|
 * | 8 | `OTBACKUP` |
 * | 1 | version, 1 |
 * | 16, 12 | salt, iv |
 * | … | ciphertext and tag of the document; what stands before it is its additional data |
 * | 32 | SHA-256 of all the bytes before |
 *
 * The digest tells a damaged file from a code that is not its own; it proves nothing against who changes both.
 */
import { concatBytes, equalBytes, fault, type Random, utf8Encode } from '@onetrip/codec'

const MAGIC: Uint8Array = utf8Encode('OTBACKUP')
const VERSION = 1
const VERSION_AT = MAGIC.length
const SALT_AT = VERSION_AT + 1
const IV_AT = SALT_AT + 16
const CIPHERTEXT_AT = IV_AT + 12
const TAG_BYTES = 16
const DIGEST_BYTES = 32
const PURPOSE = 'onetrip wallet backup 1'

/** Largest backup that is made or read. */
export const MAX_BACKUP_BYTES: number = 64 * 1024 * 1024
/** How the name of a backup ends. */
export const BACKUP_SUFFIX = '.otbackup'

/** A whole file that can be opened with its code. */
export interface BackupFile {
  /** Everything before the ciphertext. */
  readonly header: Uint8Array
  readonly ciphertext: Uint8Array
}

/** Seals a document under the 16 bytes of a recovery code; `backup/too-large`. */
export async function sealBackup(options: {
  readonly document: Uint8Array
  readonly secret: Uint8Array
  readonly subtle: SubtleCrypto
  readonly random: Random
}): Promise<Uint8Array> {
  const { document, secret, subtle, random } = options
  if (CIPHERTEXT_AT + document.length + TAG_BYTES + DIGEST_BYTES > MAX_BACKUP_BYTES) {
    throw fault('backup/too-large')
  }
  const saltAndIv = random(CIPHERTEXT_AT - SALT_AT)
  const header = concatBytes(MAGIC, Uint8Array.of(VERSION), saltAndIv)
  const { key, parameters } = await keyOf({ header, secret, subtle })
  const ciphertext = await subtle.encrypt(parameters, key, new Uint8Array(document))
  const sealed = concatBytes(header, new Uint8Array(ciphertext))
  return concatBytes(sealed, await digestOf(sealed, subtle))
}

/**
 * Reads a file as far as that goes without its code. Throws `backup/too-large` before anything is read,
 * `backup/version` of a later wallet's, `backup/corrupt` of a damaged one or of another kind of file.
 */
export async function readBackupFile(file: Blob, subtle: SubtleCrypto): Promise<BackupFile> {
  if (file.size > MAX_BACKUP_BYTES) {
    throw fault('backup/too-large')
  }
  const bytes = await bytesOf(file)
  if (!equalBytes(bytes.subarray(0, MAGIC.length), MAGIC) || bytes.length <= VERSION_AT) {
    throw fault('backup/corrupt')
  }
  if (bytes[VERSION_AT] !== VERSION) {
    throw fault('backup/version')
  }
  const end = bytes.length - DIGEST_BYTES
  if (end < CIPHERTEXT_AT + TAG_BYTES) {
    throw fault('backup/corrupt')
  }
  if (!equalBytes(bytes.subarray(end), await digestOf(bytes.subarray(0, end), subtle))) {
    throw fault('backup/corrupt')
  }
  return {
    header: bytes.subarray(0, CIPHERTEXT_AT),
    ciphertext: bytes.subarray(CIPHERTEXT_AT, end),
  }
}

/** The document of a file; `backup/passphrase` when the code is another one's. */
export async function openBackup(
  { header, ciphertext }: BackupFile,
  secret: Uint8Array,
  subtle: SubtleCrypto,
): Promise<Uint8Array> {
  const { key, parameters } = await keyOf({ header, secret, subtle })
  try {
    return new Uint8Array(await subtle.decrypt(parameters, key, new Uint8Array(ciphertext)))
  } catch {
    throw fault('backup/passphrase')
  }
}

async function keyOf(options: {
  readonly header: Uint8Array
  readonly secret: Uint8Array
  readonly subtle: SubtleCrypto
}): Promise<{ readonly key: CryptoKey; readonly parameters: AesGcmParams }> {
  const { header, secret, subtle } = options
  const code = await subtle.importKey('raw', new Uint8Array(secret), 'HKDF', false, ['deriveKey'])
  const derivation = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: header.slice(SALT_AT, IV_AT),
    info: new Uint8Array(utf8Encode(PURPOSE)),
  }
  const key = await subtle.deriveKey(derivation, code, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  const iv = header.slice(IV_AT, CIPHERTEXT_AT)
  return { key, parameters: { name: 'AES-GCM', iv, additionalData: new Uint8Array(header) } }
}

async function digestOf(bytes: Uint8Array, subtle: SubtleCrypto): Promise<Uint8Array> {
  return new Uint8Array(await subtle.digest('SHA-256', new Uint8Array(bytes)))
}

/** What the disk does not give back is damaged too. */
async function bytesOf(file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    throw fault('backup/corrupt')
  }
}

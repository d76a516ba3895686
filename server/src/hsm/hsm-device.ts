/**
 * The keys of one token: found by `CKA_ID` or label, made so that the private half never leaves, signed with as our formats want it
 * (Ed25519: RFC 8032, R ‖ S; ES256: r ‖ s over SHA-256, RFC 7518 §3.4; PKCS#11 3.0 current mechanisms §2.3.6, §2.3.14).
 */
import { createHash } from 'node:crypto'
import type { HsmAlgorithm, HsmKey, HsmPlace } from './hsm-messages.ts'
import { ATTRIBUTE, loadPkcs11Module, OBJECT_CLASS, Pkcs11Fault } from './pkcs11-module.ts'

/** There is no such key, or more than one. */
export class NoSuchKey extends Error {}

/** An opened token. */
export interface HsmDevice {
  /** Throws where the session is gone. */
  readonly check: () => void
  readonly listKeys: (label?: string) => readonly HsmKey[]
  readonly generate: (wanted: Pick<HsmKey, 'label' | 'id' | 'algorithm'>) => HsmKey
  readonly destroy: (id: string) => void
  readonly sign: (wanted: {
    readonly id: string
    readonly algorithm: HsmAlgorithm
    readonly data: Uint8Array
  }) => Uint8Array
}

interface Kind {
  readonly algorithm: HsmAlgorithm
  /** `CKK_…`, `CKM_…`. */
  readonly keyType: bigint
  readonly generates: bigint
  readonly signs: bigint
  /** `CKA_EC_PARAMS`; of several the first that the module takes. */
  readonly params: readonly string[]
  readonly rawBytes: number
  readonly input: (data: Uint8Array) => Uint8Array
}

const KINDS: readonly Kind[] = [
  {
    algorithm: 'Ed25519',
    keyType: 0x40n,
    generates: 0x1055n,
    signs: 0x1057n,
    // By OID (RFC 8410), and by name, as PKCS#11 3.0 has it too.
    params: ['06032b6570', '130c656477617264733235353139'],
    rawBytes: 32,
    input: (data) => data,
  },
  {
    algorithm: 'ES256',
    keyType: 0x03n,
    generates: 0x1040n,
    signs: 0x1041n,
    params: ['06082a8648ce3d030107'],
    rawBytes: 65,
    input: (data) => createHash('sha256').update(data).digest(),
  },
]

const OCTET_STRING = 0x04
/** `CKR_CURVE_NOT_SUPPORTED`, `CKR_DOMAIN_PARAMS_INVALID`, `CKR_ATTRIBUTE_VALUE_INVALID`. */
const OTHER_PARAMS: ReadonlySet<number> = new Set([0x140, 0x130, 0x13])

/** Opens the token of this label and logs in. Throws {@link Pkcs11Fault}, {@link NoSuchKey} where no or several tokens have the label. */
export function openHsmDevice({ module: path, tokenLabel, pin }: HsmPlace): HsmDevice {
  const module = loadPkcs11Module(path)
  const places = module.tokens().filter(({ label }) => label === tokenLabel)
  const [place] = places
  if (place === undefined || places.length > 1) throw new Error('no token, or several')
  const session = module.openSession(place.slot)
  module.logIn(session, Buffer.from(pin, 'utf8'))
  const privateKeys = new Map<string, bigint>()
  const privateKey = (id: string): bigint => {
    const known = privateKeys.get(id)
    if (known !== undefined) return known
    const found = module.findObjects(
      session,
      new Map<bigint, Uint8Array | bigint>([
        [ATTRIBUTE.class, OBJECT_CLASS.privateKey],
        [ATTRIBUTE.id, Buffer.from(id, 'hex')],
      ]),
    )
    const [key] = found
    if (key === undefined || found.length > 1) throw new NoSuchKey()
    privateKeys.set(id, key)
    return key
  }
  const listKeys = (label?: string): readonly HsmKey[] => {
    const template = new Map<bigint, Uint8Array | bigint>([
      [ATTRIBUTE.class, OBJECT_CLASS.publicKey],
    ])
    if (label !== undefined) template.set(ATTRIBUTE.label, Buffer.from(label, 'utf8'))
    return module.findObjects(session, template).flatMap((object) => {
      const read = (type: bigint): Buffer =>
        Buffer.from(module.readAttribute(session, object, type))
      const kind = kindOf(read(ATTRIBUTE.keyType), read)
      if (kind === undefined) return []
      const raw = pointOf(read(ATTRIBUTE.ecPoint), kind.rawBytes)
      if (raw === undefined) return []
      const [name, id] = [read(ATTRIBUTE.label), read(ATTRIBUTE.id)]
      return [{ label: name.toString(), id: id.toString('hex'), algorithm: kind.algorithm, raw }]
    })
  }
  return {
    check: () => {
      module.findObjects(session, new Map([[ATTRIBUTE.id, Buffer.from('onetrip-check')]]))
    },
    listKeys,
    generate: ({ label, id, algorithm }) => {
      const { params, generates } = kindFor(algorithm)
      const shared: [bigint, Uint8Array | boolean][] = [
        [ATTRIBUTE.isOnToken, true],
        [ATTRIBUTE.label, Buffer.from(label, 'utf8')],
        [ATTRIBUTE.id, Buffer.from(id, 'hex')],
      ]
      const generate = (param: string): void =>
        module.generateKeyPair(session, {
          mechanism: generates,
          publicKey: new Map<bigint, Uint8Array | boolean>([
            ...shared,
            [ATTRIBUTE.isPrivate, false],
            [ATTRIBUTE.verifies, true],
            [ATTRIBUTE.ecParams, Buffer.from(param, 'hex')],
          ]),
          privateKey: new Map<bigint, Uint8Array | boolean>([
            ...shared,
            [ATTRIBUTE.isPrivate, true],
            [ATTRIBUTE.isSensitive, true],
            [ATTRIBUTE.isExtractable, false],
            [ATTRIBUTE.signs, true],
          ]),
        })
      firstThatIsTaken(params, generate)
      const made = listKeys(label).find((key) => key.id === id && key.algorithm === algorithm)
      if (made === undefined) throw new NoSuchKey()
      return made
    },
    destroy: (id) => {
      privateKeys.delete(id)
      const template = new Map([[ATTRIBUTE.id, Buffer.from(id, 'hex')]])
      for (const object of module.findObjects(session, template)) {
        module.destroyObject(session, object)
      }
    },
    sign: ({ id, algorithm, data }) => {
      const { signs, input } = kindFor(algorithm)
      return module.sign(session, privateKey(id), { mechanism: signs, data: input(data) })
    },
  }
}

function firstThatIsTaken(params: readonly string[], generate: (param: string) => void): void {
  for (const [at, param] of params.entries()) {
    try {
      generate(param)
      return
    } catch (error) {
      const isLast = at === params.length - 1
      if (isLast || !(error instanceof Pkcs11Fault) || !OTHER_PARAMS.has(error.code)) throw error
    }
  }
}

function kindFor(algorithm: HsmAlgorithm): Kind {
  const kind = KINDS.find((one) => one.algorithm === algorithm)
  if (kind === undefined) throw new TypeError('hsm: algorithm')
  return kind
}

function kindOf(keyType: Buffer, read: (type: bigint) => Buffer): Kind | undefined {
  const type = keyType.readBigUInt64LE()
  return KINDS.find(
    (kind) =>
      kind.keyType === type && kind.params.includes(read(ATTRIBUTE.ecParams).toString('hex')),
  )
}

/** A point, bare or in the OCTET STRING that the standard asks for; both occur. */
function pointOf(value: Buffer, rawBytes: number): Uint8Array | undefined {
  if (value.length === rawBytes) return Uint8Array.from(value)
  const isWrapped =
    value.length === rawBytes + 2 && value[0] === OCTET_STRING && value[1] === rawBytes
  return isWrapped ? Uint8Array.from(value.subarray(2)) : undefined
}

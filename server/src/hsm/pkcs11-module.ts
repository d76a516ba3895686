/**
 * A PKCS#11 module (OASIS PKCS#11 3.0 base specification; `CK_ULONG` of 64 bits, structures unpacked, as on 64-bit Linux), called as
 * it is: what goes in and comes out are bytes that lie still while they are here. For a process of its own, which a module may block or end.
 */
import koffi from 'koffi'

/** Kinds of objects (`CKO_…`). */
export const OBJECT_CLASS = { publicKey: 2n, privateKey: 3n } as const

/** Attributes of objects (`CKA_…`). */
export const ATTRIBUTE = {
  class: 0x000n,
  isOnToken: 0x001n,
  isPrivate: 0x002n,
  label: 0x003n,
  keyType: 0x100n,
  id: 0x102n,
  isSensitive: 0x103n,
  signs: 0x108n,
  verifies: 0x10an,
  isExtractable: 0x162n,
  ecParams: 0x180n,
  ecPoint: 0x181n,
} as const

/** A call that a module did not carry out; `code` is its `CKR_…`. */
export class Pkcs11Fault extends Error {
  readonly code: number

  constructor(call: string, code: number) {
    super(`${call} answered 0x${code.toString(16)}`)
    this.name = 'Pkcs11Fault'
    this.code = code
  }
}

/** What an object has, or is looked for by; numbers are `CK_ULONG`. */
export type Template = ReadonlyMap<bigint, Uint8Array | bigint | boolean>

/** The calls that signing needs. Handles are the module's numbers. All throw {@link Pkcs11Fault}. */
export interface Pkcs11Module {
  /** Slots with a token, each with the token's label. */
  readonly tokens: () => readonly { readonly slot: bigint; readonly label: string }[]
  readonly openSession: (slot: bigint) => bigint
  readonly logIn: (session: bigint, pin: Uint8Array) => void
  readonly findObjects: (session: bigint, template: Template) => readonly bigint[]
  readonly readAttribute: (session: bigint, object: bigint, type: bigint) => Uint8Array
  readonly sign: (
    session: bigint,
    key: bigint,
    wanted: { readonly mechanism: bigint; readonly data: Uint8Array },
  ) => Uint8Array
  readonly generateKeyPair: (
    session: bigint,
    wanted: {
      readonly mechanism: bigint
      readonly publicKey: Template
      readonly privateKey: Template
    },
  ) => void
  readonly destroyObject: (session: bigint, object: bigint) => void
}

/** Places of the functions in `CK_FUNCTION_LIST` (§3.6), and what each takes: `p` a pointer, `n` a number. */
const FUNCTIONS = {
  C_Initialize: [0, 'p'],
  C_GetSlotList: [4, 'npp'],
  C_GetTokenInfo: [6, 'np'],
  C_OpenSession: [12, 'nnppp'],
  C_Login: [18, 'nnpn'],
  C_DestroyObject: [22, 'nn'],
  C_GetAttributeValue: [24, 'nnpn'],
  C_FindObjectsInit: [26, 'npn'],
  C_FindObjects: [27, 'npnp'],
  C_FindObjectsFinal: [28, 'n'],
  C_SignInit: [42, 'npn'],
  C_Sign: [43, 'npnpp'],
  C_GenerateKeyPair: [59, 'nppnpnpp'],
} as const

type Call = keyof typeof FUNCTIONS
type Argument = bigint | Buffer | null

const WORD = 8
/** A `CK_VERSION`, and what aligns the pointers behind it. */
const LIST_HEADER_BYTES = 8
const TOKEN_INFO_BYTES = 256
const LABEL_BYTES = 32
/** For an attribute, and for a signature: both are far below. */
const MAX_VALUE_BYTES = 1024
const FOUND_AT_A_TIME = 64
/** `CKF_SERIAL_SESSION | CKF_RW_SESSION`, `CKU_USER`. */
const [SESSION_FLAGS, USER] = [6n, 1n]

/** What nothing refers to is unloaded, and functions that were found by their address do not count. */
const loaded = new Set<ReturnType<typeof koffi.load>>()

const pointedAt = new WeakMap<Buffer, readonly Buffer[]>()

/** Loads and initialises the module at `path`, for one thread. Throws {@link Pkcs11Fault}, or whatever keeps it from being loaded. */
export function loadPkcs11Module(path: string): Pkcs11Module {
  if (koffi.sizeof('ulong') !== WORD) throw new TypeError('PKCS#11 needs a 64-bit system')
  const call = callsOf(path)
  call('C_Initialize', null)
  return {
    tokens: () => {
      const count = wordBuffer()
      call('C_GetSlotList', 1n, null, count)
      const slots = Buffer.alloc(Math.max(1, numberIn(count)) * WORD)
      call('C_GetSlotList', 1n, slots, count)
      return words(slots, numberIn(count)).map((slot) => {
        const info = Buffer.alloc(TOKEN_INFO_BYTES)
        call('C_GetTokenInfo', slot, info)
        return { slot, label: info.toString('utf8', 0, LABEL_BYTES).trimEnd() }
      })
    },
    openSession: (slot) => {
      const session = wordBuffer()
      call('C_OpenSession', slot, SESSION_FLAGS, null, null, session)
      return session.readBigUInt64LE()
    },
    logIn: (session, pin) => {
      call('C_Login', session, USER, Buffer.from(pin), BigInt(pin.length))
    },
    findObjects: (session, template) => {
      const built = attributesOf(template)
      call('C_FindObjectsInit', session, built.list, BigInt(template.size))
      try {
        const found: bigint[] = []
        const [objects, count] = [Buffer.alloc(FOUND_AT_A_TIME * WORD), wordBuffer()]
        do {
          call('C_FindObjects', session, objects, BigInt(FOUND_AT_A_TIME), count)
          found.push(...words(objects, numberIn(count)))
        } while (numberIn(count) > 0)
        return found
      } finally {
        call('C_FindObjectsFinal', session)
      }
    },
    readAttribute: (session, object, type) => {
      const built = attributesOf(new Map([[type, new Uint8Array(MAX_VALUE_BYTES)]]))
      call('C_GetAttributeValue', session, object, built.list, 1n)
      const [value] = built.values
      return Uint8Array.from((value ?? Buffer.alloc(0)).subarray(0, numberIn(built.list, 2)))
    },
    sign: (session, key, { mechanism, data }) => {
      call('C_SignInit', session, mechanismOf(mechanism), key)
      const signature = Buffer.alloc(MAX_VALUE_BYTES)
      const length = wordBuffer(BigInt(signature.length))
      call('C_Sign', session, Buffer.from(data), BigInt(data.length), signature, length)
      return Uint8Array.from(signature.subarray(0, numberIn(length)))
    },
    generateKeyPair: (session, { mechanism, publicKey, privateKey }) => {
      const [open, secret] = [attributesOf(publicKey), attributesOf(privateKey)]
      const [openSize, secretSize] = [BigInt(publicKey.size), BigInt(privateKey.size)]
      const [openHandle, secretHandle] = [wordBuffer(), wordBuffer()]
      call(
        'C_GenerateKeyPair',
        ...[session, mechanismOf(mechanism), open.list, openSize, secret.list, secretSize],
        ...[openHandle, secretHandle],
      )
    },
    destroyObject: (session, object) => {
      call('C_DestroyObject', session, object)
    },
  }
}

/** How the functions of a module are called: what one answers other than `CKR_OK` is thrown. */
function callsOf(path: string): (name: Call, ...given: readonly Argument[]) => void {
  // Its own OpenSSL, where it has one, and not Node's.
  const library = koffi.load(path, { deep: true })
  loaded.add(library)
  const getFunctionList = library.func('C_GetFunctionList', 'ulong', ['void *'])
  const list = wordBuffer()
  const code = Number(getFunctionList(list))
  if (code !== 0) throw new Pkcs11Fault('C_GetFunctionList', code)
  const functions = new Map(
    Object.entries(FUNCTIONS).map(([name, [place, takes]]) => {
      const at = LIST_HEADER_BYTES + place * WORD
      const address = koffi.decode(list.readBigUInt64LE(), at, 'void *')
      const types = Array.from(takes, (kind) => (kind === 'p' ? 'void *' : 'ulong'))
      return [name, koffi.decode(address, koffi.proto('ulong', types))]
    }),
  )
  return (name, ...given) => {
    const answered = Number(functions.get(name)(...given))
    if (answered !== 0) throw new Pkcs11Fault(name, answered)
  }
}

/** `CK_ATTRIBUTE`s in a row, and the bytes they point at, which last as long as the row. */
function attributesOf(template: Template): {
  readonly list: Buffer
  readonly values: readonly Buffer[]
} {
  const values = Array.from(template.values(), (value) => {
    if (typeof value === 'bigint') return wordBuffer(value)
    return Buffer.from(typeof value === 'boolean' ? [value ? 1 : 0] : value)
  })
  const entries = Array.from(template.keys(), (type, at) => {
    const value = values[at] ?? Buffer.alloc(0)
    return Buffer.concat([
      wordBuffer(type),
      wordBuffer(koffi.address(value)),
      wordBuffer(BigInt(value.length)),
    ])
  })
  const list = Buffer.concat(entries)
  pointedAt.set(list, values)
  return { list, values }
}

/** A `CK_MECHANISM` without parameters. */
function mechanismOf(type: bigint): Buffer {
  return Buffer.concat([wordBuffer(type), wordBuffer(), wordBuffer()])
}

function wordBuffer(value = 0n): Buffer {
  const buffer = Buffer.alloc(WORD)
  buffer.writeBigUInt64LE(value)
  return buffer
}

function words(buffer: Buffer, count: number): readonly bigint[] {
  return Array.from({ length: count }, (_, at) => buffer.readBigUInt64LE(at * WORD))
}

function numberIn(buffer: Buffer, at = 0): number {
  return Number(buffer.readBigUInt64LE(at * WORD))
}

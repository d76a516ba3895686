/** Says what any bytes are: opened within limits, found in the table, told; no signature is looked at. */
import { type ErrorCode, encodeQrText, Fault, type JsonObject } from '@onetrip/codec'
import type { TypeDefinition } from '@onetrip/credential'
import { ANSWER_RECOGNISER } from './answer-recogniser.ts'
import { COSE_RECOGNISERS } from './cose-recognisers.ts'
import type { Inspection } from './inspection.ts'
import { JOSE_RECOGNISERS } from './jose-recognisers.ts'
import { JSON_RECOGNISERS } from './json-recognisers.ts'
import { type Opened, type OpenedInput, openInput } from './opened.ts'
import { PACK_RECOGNISER } from './pack-recogniser.ts'
import { qrVersion } from './qr-version.ts'
import type { Recogniser } from './recogniser.ts'
import { SEAL_FILE_RECOGNISER } from './seal-file-recogniser.ts'
import { TUF_RECOGNISERS } from './tuf-recognisers.ts'

/** The one table: the first row that finds itself wins, so rows for anything stand last in each part. */
const RECOGNISERS: readonly Recogniser[] = [
  ...COSE_RECOGNISERS,
  ...JOSE_RECOGNISERS,
  ...TUF_RECOGNISERS,
  PACK_RECOGNISER,
  SEAL_FILE_RECOGNISER,
  ANSWER_RECOGNISER,
  ...JSON_RECOGNISERS,
]

const BROKEN_NAMES = {
  cose: 'something that begins as COSE_Sign1 and is none',
  'qr-text': 'the text of a code, and not a good one',
  jws: 'something that looks like a JWS and is none',
  json: 'something that begins as JSON and is none',
  pack: 'something that begins as an offline pack and is none',
  unknown: 'nothing that this command knows',
} as const

/** Inspects any input; never throws for what it holds. */
export async function inspect(
  bytes: Uint8Array,
  types: readonly TypeDefinition[],
): Promise<Inspection> {
  const { opened, ...text } = openInput(bytes)
  const size = { verified: false, bytes: bytes.length } as const
  const code = codeSize(opened, text)
  for (const { kind, name, find } of RECOGNISERS) {
    try {
      const found = await find(opened, types)
      if (found === undefined) continue
      const fault = faultOf(found.check)
      const parts = { ...code, ...found.parts }
      return { kind, name, ...(fault === undefined ? {} : { fault }), ...size, parts }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return { kind, name, fault: error.code, ...size, parts: code }
    }
  }
  const like = opened.form === 'broken' ? (opened.like ?? 'unknown') : 'unknown'
  const fault = opened.form === 'broken' ? opened.fault : 'format/unsupported'
  return { kind: like, name: BROKEN_NAMES[like], fault, ...size, parts: code }
}

/** How large a code is, or would be, by level of error correction. */
function codeSize(opened: Opened, text: Omit<OpenedInput, 'opened'>): JsonObject {
  const { qrCharacters, frames } = text
  const characters =
    qrCharacters ?? (opened.form === 'cose' ? encodeQrText(opened.bytes).length : undefined)
  if (characters === undefined) return {}
  const [low, medium] = [qrVersion(characters, 'L'), qrVersion(characters, 'M')]
  return {
    ...(qrCharacters !== undefined && opened.form === 'cose'
      ? { signedBytes: opened.bytes.length }
      : {}),
    qr: {
      ...(frames === undefined ? {} : { frames }),
      characters,
      versionL: low ?? 'too large for one code',
      versionM: medium ?? 'too large for one code',
    },
  }
}

function faultOf(check: (() => void) | undefined): ErrorCode | undefined {
  try {
    check?.()
    return undefined
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}

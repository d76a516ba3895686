/** A signed statement as its own signer would sign it under another `typ`, all else as it is. */
import {
  type CborKey,
  type CborValue,
  decodeJws,
  decodeSign1,
  type Signer,
  signJws,
  signSign1,
} from '@onetrip/codec'
import { TYP } from '@onetrip/credential'
import { SEAL_TYP } from '@onetrip/seal'
import { LIST_TYPE } from '@onetrip/status'

/** Header labels (RFC 9052 §3.1, RFC 9596). */
const [ALG, TYPE] = [1, 16]

/** Every `typ` of a COSE_Sign1. */
export const COSE_TYPES: readonly (string | number)[] = [
  ...Object.values(TYP),
  ...Object.values(SEAL_TYP),
  LIST_TYPE.cwt,
]

/** The `typ` that a statement has. */
export function typeOf(statement: Uint8Array | string): CborValue | undefined {
  if (typeof statement !== 'string') return decodeOuter(statement).protectedHeader.get(TYPE)
  return String(decodeJws(firstPart(statement)).header['typ'])
}

/** Signs it again; of an SD-JWT what its issuer signed. */
export async function retype(
  statement: Uint8Array | string,
  { typ, signer }: { readonly typ: string | number; readonly signer: Signer },
): Promise<Uint8Array | string> {
  if (typeof statement === 'string') {
    const { header, payload } = decodeJws(firstPart(statement))
    const { alg: _, ...rest } = header
    return signJws({ header: { ...rest, typ }, payload, signer })
  }
  const { protectedHeader, unprotectedHeader, payload } = decodeOuter(statement)
  const header = new Map<CborKey, CborValue>(protectedHeader)
  header.delete(ALG)
  header.set(TYPE, typ)
  return signSign1({ protectedHeader: header, unprotectedHeader, payload, signer })
}

function decodeOuter(statement: Uint8Array) {
  return decodeSign1(statement, { tags: [18] })
}

function firstPart(statement: string): string {
  return statement.split('~')[0] ?? ''
}

/** A sample licence as mdoc, the request that it is shown for, and ways to break both. */
import {
  ANY_KEY_ORDER,
  type CborKey,
  CborTag,
  type CborValue,
  decodeCbor,
  encodeCbor,
  isArray,
  isMap,
  type Signer,
  utf8Encode,
} from '@onetrip/codec'
import { assembleMdoc, buildMdoc, type MdocInput } from '../src/mdoc-issue.ts'
import type { MdocSession } from '../src/mdoc-session.ts'

/** A request over the network, as far as an mdoc is bound to it. */
export const SESSION: MdocSession = {
  clientId: 'x509_san_dns:verify.onetrip.example',
  nonce: 'n-0S6_WzA2Mj',
  responseUri: 'https://verify.onetrip.example/openid4vp/responses/one',
}

/** Stands for a certificate where nobody looks at it. */
export const NO_CERTIFICATE: Uint8Array = utf8Encode('no certificate')

/** An issued mdoc. */
export async function issueMdoc(
  input: Omit<MdocInput, 'certificate'> & { readonly certificate?: Uint8Array },
  issuer: Signer,
): Promise<Uint8Array> {
  const draft = buildMdoc({ certificate: NO_CERTIFICATE, ...input })
  return assembleMdoc(draft, await issuer.sign(draft.toBeSigned))
}

/** What stands at a path of members and places; tag 24 is opened on the way. */
export type MdocPath = readonly (string | number)[]

/** Bytes with what stands at a path replaced; left out, it is taken away. Digests and signatures stay as they are. */
export function changed(
  bytes: Uint8Array,
  path: MdocPath,
  change: (value: CborValue) => CborValue | undefined,
): Uint8Array {
  return encodeCbor(changedValue(open(bytes), path, change) ?? null)
}

function changedValue(
  value: CborValue,
  path: MdocPath,
  change: (value: CborValue) => CborValue | undefined,
): CborValue | undefined {
  if (value instanceof CborTag && value.value instanceof Uint8Array && path.length > 0) {
    return new CborTag(value.tag, changed(value.value, path, change))
  }
  const [step, ...rest] = path
  if (step === undefined) return change(value)
  if (isArray(value)) {
    return value.flatMap((one, at) => {
      if (at !== step) return [one]
      const next = changedValue(one, rest, change)
      return next === undefined ? [] : [next]
    })
  }
  if (!isMap(value)) throw new TypeError('nothing stands there')
  const map = new Map<CborKey, CborValue>(value)
  const next = changedValue(map.get(step) ?? null, rest, change)
  if (next === undefined) map.delete(step)
  else map.set(step, next)
  return map
}

function open(bytes: Uint8Array): CborValue {
  return decodeCbor(bytes, { tags: [0, 18, 24, 1004], [ANY_KEY_ORDER]: true })
}

/**
 * What verifying a live code costs, from QR text to verdict, beside its two raw Ed25519 verifications. Both
 * are measured in turns, one presentation at a time; 64 holders take turns, so that no key is met twice in a row.
 *
 * Raw is what nobody can leave out: for each signature node:crypto's verification over bytes that lie ready, and the import of a holder's
 * key, which comes with the presentation, by the cheapest way that Node has. Keys of issuers and logs, which come with
 * trust data, are imported beforehand. Parsing, hashing disclosures, trust, status and the verdict are ours.
 */
import { createPublicKey, KeyObject, subtle, verify as verifyRaw } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import {
  decodeCodeText,
  decodeSign1,
  type PublicKey,
  publicKeyToJwk,
  type Sign1,
  sha256,
  sign1FromValue,
  sigStructure,
  toBase64url,
  utf8Encode,
} from '@onetrip/codec'
import { leafOf, parseSdCwt, type SdCwt } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { verify } from '@onetrip/verifier'
import type { CborParts } from '../vectors/forge-cbor.ts'
import { testSigner } from '../vectors/forge-signers.ts'
import { referenceOf } from '../vectors/licence-seals.ts'
import { liveCode } from '../vectors/vector-case.ts'
import { FOOD_PLAIN, NOW, OFFICE, signers } from '../vectors/vector-cast.ts'
import { buildVectorTrust } from '../vectors/vector-repository.ts'
import { openVectorPack } from '../vectors/verifier-verdicts.ts'
import { type BenchResult, median, timed } from './measure.ts'
import { benchLogs, receiptsOf } from './receipt-bench.ts'

const HOLDERS = 64
/** The header `receipts` (RFC 9942). */
const RECEIPTS = 394
/** Until the code runs as it does in a process that has been up for a few seconds. */
const WARM_ROUNDS = 32
const ROUNDS = 41

/** One signature with its key and the bytes it covers. */
export interface RawSignature {
  /** As loaded with trust data; or the bytes of a key that nobody has met before. */
  readonly key: KeyObject | Uint8Array<ArrayBuffer>
  readonly data: Uint8Array
  readonly signature: Uint8Array
}

/**
 * Measures verifying a live presentation, of a licence that states no seal, of one that does, and of one with a receipt of the log, whose
 * root is met for the first time or was before; throws when one of them is not valid.
 */
export async function benchVerify(): Promise<readonly BenchResult[]> {
  const sealed = [...FOOD_PLAIN, [0, await referenceOf('inUse')] as const]
  return [
    await benchLicence('verify a live presentation', FOOD_PLAIN),
    await benchLicence('verify a live presentation, with its seal', sealed),
    ...(await benchReceipts()),
  ]
}

async function benchLicence(name: string, licence: typeof FOOD_PLAIN): Promise<BenchResult> {
  const codes = await Promise.all(
    Array.from({ length: HOLDERS }, (_, i) => codeOfHolder(i, { licence })),
  )
  const holders = codes.map((code) => ({ code, raw: rawSignatures(code) }))
  const trust = await openBenchTrust()
  return benchCodes({ name, aim: 1.35, holders, trustOf: async () => trust })
}

/** With a receipt each, all under one root: that met first, as where nothing is published, and one that is published and known. */
async function benchReceipts(): Promise<readonly BenchResult[]> {
  const credentials = await Promise.all(
    Array.from({ length: HOLDERS }, async (_, i) => credentialIn(await codeOfHolder(i))),
  )
  const leaves = credentials.map(leafOf)
  const receipts = await receiptsOf(leaves)
  const holders = await Promise.all(
    receipts.map(async ({ bytes, raw }, i) => {
      const code = await codeOfHolder(i, { unprotected: [[RECEIPTS, [bytes]]] })
      return { code, raw: [...rawSignatures(code), raw] }
    }),
  )
  const trust = await openBenchTrust()
  const known = { ...trust, logs: await benchLogs({ leaves }) }
  const fresh = async () => ({ ...trust, logs: await benchLogs() })
  const name = 'verify a live presentation, with a receipt'
  return [
    await benchCodes({ name: `${name}, its root met first`, aim: 1.15, holders, trustOf: fresh }),
    await benchCodes({
      name: `${name}, its root known`,
      aim: 1.15,
      holders,
      trustOf: async () => known,
    }),
  ]
}

async function benchCodes(of: {
  readonly name: string
  readonly aim: number
  readonly holders: readonly { readonly code: string; readonly raw: readonly RawSignature[] }[]
  /** Called for each verification, outside what is measured. */
  readonly trustOf: () => Promise<Trust>
}): Promise<BenchResult> {
  const { name, aim, holders, trustOf } = of
  const rawTimes: number[] = []
  const times: number[] = []
  for (let round = -WARM_ROUNDS; round < ROUNDS; round++) {
    for (const { code, raw } of holders) {
      const trust = await trustOf()
      const rawTime = await timed(() => verifyRawly(raw))
      const time = await timed(() => verifyCode(code, trust))
      if (round < 0) continue
      rawTimes.push(rawTime)
      times.push(time)
    }
  }
  return {
    name,
    rawMicroseconds: median(rawTimes),
    microseconds: median(times),
    aim,
  }
}

/** Verifies a live code; throws when it is not valid. */
export async function verifyCode(code: string, trust: Trust): Promise<void> {
  const { outcome } = await verify(code, { trust, now: NOW, office: OFFICE, accept: ['live'] })
  if (outcome !== 'valid') throw new Error('a code to be measured is not valid')
}

/** The raw work: Ed25519 signatures by node:crypto; a key that stands there twice is imported once. */
export async function verifyRawly(signatures: readonly RawSignature[]): Promise<void> {
  let met: RawSignature['key'] | undefined
  let imported: KeyObject | undefined
  for (const { key, data, signature } of signatures) {
    if (!(key instanceof KeyObject) && (imported === undefined || key !== met)) {
      imported = await importRawly(key)
      met = key
    }
    const loaded = key instanceof KeyObject ? key : imported
    if (loaded === undefined || !verifyRaw(null, data, loaded, signature)) {
      throw new Error('a raw signature is not valid')
    }
  }
}

/** 5 µs; `createPublicKey` takes 20 µs or more for any form of a key. */
async function importRawly(key: Uint8Array<ArrayBuffer>): Promise<KeyObject> {
  return KeyObject.from(await subtle.importKey('raw', key, 'Ed25519', true, ['verify']))
}

/** The trust data that the codes are verified with. */
export async function openBenchTrust(): Promise<Trust> {
  return openVectorPack(await buildVectorTrust())
}

/** The live code of one of many holders. */
export function codeOfHolder(number: number, credential: Partial<CborParts> = {}): Promise<string> {
  const seed = sha256(utf8Encode(`onetrip bench holder ${number}`))
  const x = toBase64url(ed25519.getPublicKey(seed))
  const signer = testSigner({ kty: 'OKP', crv: 'Ed25519', x, d: toBase64url(seed) })
  return liveCode({ holderKey: signer.publicKey, ...credential }, { signer })
}

/** What the two signatures of a code are made of. */
export function rawSignatures(code: string): readonly RawSignature[] {
  const binding = bindingIn(code)
  const credential = credentialIn(code)
  const { holderKey } = credential.claims
  if (holderKey === undefined) throw new Error('a code to be measured has no holder')
  return [
    rawSignature(loadedKey(signers.market.publicKey), credential.sign1),
    rawSignature(Uint8Array.from(holderKey.raw), binding),
  ]
}

function bindingIn(code: string): Sign1 {
  return decodeSign1(decodeCodeText(code), { tags: [18] })
}

function credentialIn(code: string): SdCwt {
  return parseSdCwt(sign1FromValue(bindingIn(code).protectedHeader.get(13) ?? null))
}

/** One signature, for {@link verifyRawly}. */
export function rawSignature(key: RawSignature['key'], sign1: Sign1): RawSignature {
  return { key, data: sigStructure(sign1), signature: sign1.signature }
}

/** A key as it is held once trust data are open. */
export function loadedKey(key: PublicKey): KeyObject {
  return createPublicKey({ key: { ...publicKeyToJwk(key) }, format: 'jwk' })
}

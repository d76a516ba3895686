/**
 * The verifier's vectors as a pure function: files in, differences out. It runs the same in Node and in a
 * browser, and says nothing of where files come from.
 */
import { fromHex, type JsonObject, publicKeyFromJwk, utf8Encode } from '@onetrip/codec'
import type { MdocSession, Mode } from '@onetrip/credential'
import { openPack, packInMemory, type Trust } from '@onetrip/trust'
import { type Verdict, verify, verifyReceived } from '@onetrip/verifier'

/** What a vector gives the verifier. */
export interface VectorInput {
  /** Name of a pack in the vectors. */
  readonly trust: string
  /** The input: one of text and hex. */
  readonly text?: string
  readonly hex?: string
  /** Repeats the input's last character (text) or byte (hex) up to this length. */
  readonly padTo?: number
  /** Modes; all unless given. */
  readonly accept?: readonly Mode[]
  readonly office?: string
  readonly request?: {
    readonly audience: string
    readonly nonce: string
    readonly issuedAt?: number
    readonly transactionHashes?: readonly string[]
    readonly session?: MdocSession
  }
  readonly seen?: readonly string[]
  readonly environment?: string
  readonly policy?: { readonly staleAfterSeconds?: number; readonly unusableAfterSeconds?: number }
  /** Calls `verifyReceived` for this key (a public JWK) in place of `verify`. */
  readonly holderKey?: JsonObject
}

/** What a vector expects of the verdict. */
export interface VectorExpectation {
  readonly outcome: Verdict['outcome']
  /** The verdict's reason. */
  readonly code?: string
  /** Failed checks as `rule code`, in order. */
  readonly failed: readonly string[]
  /** How many licences the verdict tells of. */
  readonly licences: number
  /** What became of the seal that the licence was issued under, where one is told of. */
  readonly seal?: string
  /** What the log says of it, where a receipt holds: that it is in there, where, or that this spared it. */
  readonly logged?: 'somewhere' | 'placed' | 'spared'
}

/** One file of `fixtures/vectors/verifier`. */
export interface VerifierVector {
  readonly source: string
  readonly clause: string
  readonly why: string
  /** Unix seconds. */
  readonly now: number
  readonly input: VectorInput
  readonly expect: VectorExpectation
}

/** One file of `fixtures/vectors/trust-packs`: an offline pack and the root metadata it is opened with. */
export interface PackVector {
  /** Hexadecimal. */
  readonly pack: string
  /** The text of the file. */
  readonly root: string
}

/** What a vector gave. */
export interface VectorResult {
  readonly name: string
  readonly expected: VectorExpectation
  readonly actual: VectorExpectation
  readonly verdict: Verdict
}

const ALL_MODES: readonly Mode[] = ['requested', 'live', 'document', 'copy', 'paper']

/** Runs every vector; names are file names without `.json`. */
export async function runVerifierVectors(
  vectors: Readonly<Record<string, VerifierVector>>,
  packs: Readonly<Record<string, PackVector>>,
): Promise<readonly VectorResult[]> {
  const trusts = new Map<string, Trust>()
  for (const [name, pack] of Object.entries(packs)) trusts.set(name, await openVectorPack(pack))
  const results: VectorResult[] = []
  for (const [name, vector] of Object.entries(vectors)) {
    const trust = trusts.get(vector.input.trust)
    if (trust === undefined) throw new TypeError(`${name} names a pack that is not there`)
    const verdict = await judgeVector({ input: vector.input, now: vector.now, trust })
    results.push({ name, expected: vector.expect, actual: summarise(verdict), verdict })
  }
  return results
}

/** Opens the trust data of vectors. */
export function openVectorPack({ pack, root }: PackVector): Promise<Trust> {
  return openPack({ source: packInMemory(fromHex(pack)), initialRoot: utf8Encode(root) })
}

/** The verdict on one vector's input. */
export function judgeVector(options: {
  readonly input: VectorInput
  readonly now: number
  readonly trust: Trust
}): Promise<Verdict> {
  const { input, now, trust } = options
  const { holderKey, accept = ALL_MODES, office, request, seen, environment, policy } = input
  const given = {
    ...(policy === undefined ? {} : { policy }),
    ...(environment === undefined ? {} : { environment }),
  }
  if (holderKey !== undefined) {
    const expected = publicKeyFromJwk(holderKey)
    return verifyReceived({
      credential: inputOf(input),
      holderKey: expected,
      trust,
      now,
      ...given,
    })
  }
  return verify(inputOf(input), {
    trust,
    now,
    accept,
    ...given,
    ...(office === undefined ? {} : { office }),
    ...(request === undefined ? {} : { request }),
    ...(seen === undefined ? {} : { seen }),
  })
}

/** What a vector compares of a verdict. */
export function summarise({
  outcome,
  reason,
  checks,
  licences,
  evidence,
}: Verdict): VectorExpectation {
  const failed = checks.flatMap(({ id, code }) => (code === undefined ? [] : [`${id} ${code}`]))
  const seal = licences[0]?.seal
  return {
    outcome,
    ...(reason === undefined ? {} : { code: reason }),
    failed,
    licences: licences.length,
    ...(seal === undefined ? {} : { seal: seal.state }),
    ...loggedIn(evidence),
  }
}

function loggedIn({ logged }: Verdict['evidence']): Pick<VectorExpectation, 'logged'> {
  if (logged === undefined) return {}
  if (logged.spared) return { logged: 'spared' }
  return { logged: logged.index === undefined ? 'somewhere' : 'placed' }
}

function inputOf({ text, hex, padTo = 0 }: VectorInput): Uint8Array | string {
  if (text !== undefined) return text.padEnd(padTo, text.slice(-1))
  const bytes = fromHex(hex ?? '')
  if (bytes.length >= padTo) return bytes
  const padded = new Uint8Array(padTo).fill(bytes.at(-1) ?? 0)
  padded.set(bytes)
  return padded
}

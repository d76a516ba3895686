/** Bundled for a browser by the vector run: puts the verdicts of its engines within reach of the test. */

import { nobleEngine } from '../../packages/codec/src/fallback-noble.ts'
import { engineName } from '../../packages/codec/src/platform-web.ts'
import { webcryptoEngine } from '../../packages/codec/src/webcrypto-engine.ts'
import {
  type SignatureVector,
  type SignatureVerdict,
  signatureVerdicts,
} from './signature-verdicts.ts'
import {
  type PackVector,
  runVerifierVectors,
  type VectorResult,
  type VerifierVector,
} from './verifier-verdicts.ts'

/** What a browser answers: which engine it decided on, and the verdicts of both it could use. */
export interface BrowserVerdicts {
  readonly chosen: Readonly<Record<'Ed25519' | 'ES256' | 'ES384', string>>
  readonly webcrypto: readonly SignatureVerdict[]
  readonly noble: readonly SignatureVerdict[]
}

declare global {
  interface Window {
    /** Takes JSON text of `SignatureVector[]`. */
    runVectors: (json: string) => Promise<BrowserVerdicts>
    /** Takes JSON text of the folders `verifier` and `trust-packs`; answers their verdicts as JSON text. */
    runVerifier: (json: string) => Promise<string>
  }
}

window.runVectors = async (json) => {
  const vectors: readonly SignatureVector[] = JSON.parse(json)
  return {
    chosen: {
      Ed25519: await engineName('Ed25519'),
      ES256: await engineName('ES256'),
      ES384: await engineName('ES384'),
    },
    webcrypto: await signatureVerdicts(webcryptoEngine, vectors),
    noble: await signatureVerdicts(nobleEngine, vectors),
  }
}

window.runVerifier = async (json) => {
  const folders: {
    readonly vectors: Readonly<Record<string, VerifierVector>>
    readonly packs: Readonly<Record<string, PackVector>>
  } = JSON.parse(json)
  const results: readonly VectorResult[] = await runVerifierVectors(folders.vectors, folders.packs)
  return JSON.stringify(results)
}

/** A log and its witnesses for the tests of this package and of the verifier: their keys, and checkpoints that they sign. */
import { type JsonObject, type JsonValue, type Signer, utf8Decode } from '@onetrip/codec'
import {
  addSignatures,
  type Checkpoint,
  checkpointText,
  cosign,
  formatVerifierKey,
  type NoteKeyKind,
  type NoteSigner,
  signCheckpoint,
  verifierKey,
} from '@onetrip/log'
import { SAMPLE_NOW, sampleSigner } from './sample-trust.ts'

/** The log. */
export const SAMPLE_LOG: NoteSigner = {
  name: 'log.onetrip.example/record',
  signer: sampleSigner('officeEnrol'),
}

/** Three who watch it. */
export const SAMPLE_WITNESSES: readonly NoteSigner[] = [
  { name: 'witness.one.example', signer: sampleSigner('counterCbor') },
  { name: 'witness.two.example', signer: sampleSigner('strangerCbor') },
  { name: 'witness.three.example', signer: sampleSigner('marketIssueCbor') },
]

/** A key of notes as text. */
export function sampleVkey({ name, signer }: NoteSigner, kind: NoteKeyKind = 'note'): string {
  return formatVerifierKey(verifierKey(name, kind, signer.publicKey))
}

/** The entry of the log in a trust list, for a year before and after, with `quorum` of the three witnesses, with members replaced. */
export function sampleLogEntry(
  quorum: number,
  changes: Readonly<Record<string, JsonValue>> = {},
): JsonObject {
  const YEAR = 31_536_000
  return {
    vkey: sampleVkey(SAMPLE_LOG),
    notBefore: SAMPLE_NOW - YEAR,
    notAfter: SAMPLE_NOW + YEAR,
    witnesses: SAMPLE_WITNESSES.map((witness) => sampleVkey(witness, 'cosignature')),
    quorum,
    ...changes,
  }
}

/** A checkpoint of the log, cosigned by the first `witnesses` of the three. */
export async function sampleCheckpoint(
  checkpoint: Omit<Checkpoint, 'origin'> & { readonly origin?: string },
  options: { readonly witnesses?: number; readonly signer?: Signer } = {},
): Promise<string> {
  const { witnesses = 0, signer = SAMPLE_LOG.signer } = options
  const stated = { origin: SAMPLE_LOG.name, ...checkpoint }
  const note = await signCheckpoint(stated, signer)
  const text = checkpointText(stated)
  const lines = SAMPLE_WITNESSES.slice(0, witnesses).map((by) => cosign(text, by, SAMPLE_NOW))
  return utf8Decode(addSignatures(note, await Promise.all(lines)))
}

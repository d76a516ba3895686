/** Every entry point that takes something from outside, as one question: what does it say of this artefact? */
import { Fault, type JsonValue, parseJson, sha256, toBase64url, utf8Encode } from '@onetrip/codec'
import { parseTypeDefinition } from '@onetrip/credential'
import {
  openForSealing,
  openSealRegister,
  parseImpression,
  parseImpressionJws,
  parseSealFile,
  readSealedPdf,
  verifyTimestamp,
} from '@onetrip/seal'
import {
  openNextRoot,
  openPack,
  openRoot,
  openSnapshot,
  openTargets,
  packInMemory,
  parseDenyList,
  parseMatterCatalogue,
  parseRecognitionList,
  parseTrustList,
  statusListOpener,
  topRoleKeys,
} from '@onetrip/trust'
import {
  openCounterCertificate,
  type Verdict,
  verify,
  verifyAnswer,
  verifyDocument,
  verifyReceipt,
  verifyReceived,
  verifyRequest,
  verifySeal,
} from '@onetrip/verifier'
import { LETTER_FACTS, MAKER_ID } from '../../packages/seal/samples/sample-seals.ts'
import { NONCE, REQUEST } from '../vectors/vector-case.ts'
import { FOOD_TYPE, NOW, OFFICE, signers } from '../vectors/vector-cast.ts'
import type { ContextsTrust } from './contexts-cast.ts'
import type { StapledProof } from './stapled-proof.ts'

/** Something from outside. */
export type Artefact = Uint8Array | string

/** What an entry point says: `accepted`, or the code that it gives. */
export type Answer = string

/** A question to an entry point; rejects with anything that is no `Fault`. */
export type EntryPoint = (artefact: Artefact) => Promise<Answer>

/** The counter's own request, which `SD-CWT, requested` answers. */
const ASKED = {
  office: OFFICE,
  matter: 'open-restaurant',
  digest: NONCE,
  issuedAt: NOW,
  expiresAt: NOW + 300,
  wants: [{ material: 'food', required: true, options: [{ type: FOOD_TYPE, claims: [] }] }],
}
const ACCEPT = ['requested', 'live', 'document', 'copy', 'paper'] as const

/** The entry points of the libraries, over one set of trust data. */
export async function entryPoints(
  { trust, root }: ContextsTrust,
  proof: StapledProof,
): Promise<Readonly<Record<string, EntryPoint>>> {
  const options = { trust, now: NOW, office: OFFICE, accept: ACCEPT }
  const { signed: ours } = await openRoot(root)
  const openList = statusListOpener([...trust.agencies, ...trust.sealMakers])
  const { timeStampers } = trust
  const digest = sha256(proof.impression.cose)
  return {
    verify: async (artefact) => answerOf(await verify(artefact, { ...options, request: REQUEST })),
    'verify what was received': async (credential) => {
      const holder = typeof credential === 'string' ? signers.holderJws : signers.holder
      const holderKey = holder.publicKey
      return answerOf(await verifyReceived({ credential, holderKey, trust, now: NOW }))
    },
    'verify a file with its .seal': async (artefact) =>
      answerOf(await verifyDocument({ file: LETTER_FACTS, sealFile: bytesOf(artefact) }, options)),
    'verify a PDF': async (artefact) =>
      answerOf(await verifyDocument({ pdf: bytesOf(artefact) }, options)),
    'verify a seal': async (artefact) => answerOf(await verifySeal(artefact, options)),
    'verify a request': async (artefact) => answerOf(await verifyRequest(artefact, options)),
    'verify an answer': async (artefact) =>
      answerOf(await verifyAnswer(artefact, { ...options, request: ASKED })),
    'verify a receipt': async (artefact) => answerOf(await verifyReceipt(artefact, options)),
    'read a .seal': faultOf((artefact) => parseSealFile(bytesOf(artefact))),
    'read an impression': faultOf((artefact) =>
      typeof artefact === 'string' ? parseImpressionJws(artefact) : parseImpression(artefact),
    ),
    'read a sealed PDF': faultOf((artefact) => readSealedPdf(bytesOf(artefact))),
    'open a PDF for sealing': faultOf((artefact) => openForSealing(bytesOf(artefact))),
    'verify a time-stamp': faultOf((artefact) =>
      verifyTimestamp(bytesOf(artefact), { digest, timeStampers }),
    ),
    'open a status list': faultOf(openList),
    'open a seal register': faultOf((artefact) =>
      openSealRegister(bytesOf(artefact), trust.sealMaker(MAKER_ID)),
    ),
    'open a counter certificate': faultOf((artefact) =>
      openCounterCertificate({ certificate: bytesOf(artefact), trust, now: NOW }),
    ),
    'open a pack': faultOf((artefact) =>
      openPack({ source: packInMemory(bytesOf(artefact)), initialRoot: root }),
    ),
    'open the next root': faultOf((artefact) => openNextRoot(bytesOf(artefact), ours)),
    'open targets': faultOf((artefact) =>
      openTargets(bytesOf(artefact), topRoleKeys(ours, 'targets')),
    ),
    'open a snapshot': faultOf((artefact) => openSnapshot(bytesOf(artefact), ours)),
    'read a trust list': json(parseTrustList),
    'read a type definition': json(parseTypeDefinition),
    'read a catalogue': json(parseMatterCatalogue),
    'read a deny list': json(parseDenyList),
    'read a recognition list': json(parseRecognitionList),
  }
}

/** The code of the fault that something ends in. Rejects with anything else that is thrown. */
export function faultOf(act: (artefact: Artefact) => unknown): EntryPoint {
  return async (artefact) => {
    try {
      await act(artefact)
      return 'accepted'
    } catch (error) {
      if (error instanceof Fault) return error.code
      throw error
    }
  }
}

/** An artefact where only bytes are taken. */
export function bytesOf(artefact: Artefact): Uint8Array {
  return typeof artefact === 'string' ? utf8Encode(artefact) : artefact
}

/** An artefact where only text is taken. */
export function textOf(artefact: Artefact): string {
  return typeof artefact === 'string' ? artefact : toBase64url(artefact)
}

function json(parse: (value: JsonValue) => unknown): EntryPoint {
  return faultOf((artefact) => parse(parseJson(bytesOf(artefact))))
}

/** What a verdict says. Amber is as far as some come by their own entry: paper, for example. */
export function answerOf({ outcome, reason }: Pick<Verdict, 'outcome' | 'reason'>): Answer {
  return outcome === 'valid' || outcome === 'caution' ? 'accepted' : (reason ?? outcome)
}

/** The places inside an artefact that hold another one, each as an entry point: what is said of the whole with this in its place? */
import { encodeCbor } from '@onetrip/codec'
import type { ImpressionBytes, SealBytes, SealFileBytes } from '@onetrip/seal'
import { verify, verifyDocument, verifyRequest } from '@onetrip/verifier'
import { LETTER_FACTS } from '../../packages/seal/samples/sample-seals.ts'
import { withInner } from '../vectors/asking-cast.ts'
import { forgeSealFile } from '../vectors/document-cast.ts'
import { forgeBinding } from '../vectors/forge-cbor.ts'
import { foodSdJwt } from '../vectors/vector-case.ts'
import { NOW, signers } from '../vectors/vector-cast.ts'
import type { ContextsTrust } from './contexts-cast.ts'
import { type Artefact, answerOf, bytesOf, type EntryPoint, textOf } from './entry-points.ts'
import { DEVICE, impressionOf, requestOf, sealOf } from './signed-statements.ts'
import type { StapledProof } from './stapled-proof.ts'

const LIVE = ['live'] as const
/** First byte of a tagged COSE_Sign1; anything else is a byte string in its place. */
const SIGN1_HEAD = 0xd2

/** Every such place; the rest of the whole is good. */
export async function places(
  { trust }: ContextsTrust,
  proof: StapledProof,
): Promise<Readonly<Record<string, EntryPoint>>> {
  const [seal, impression, sdJwt] = await Promise.all([sealOf(), impressionOf(), foodSdJwt()])
  const asked = await requestOf(DEVICE)
  const shown = async (input: Artefact): Promise<string> =>
    answerOf(await verify(input, { trust, now: NOW, accept: LIVE }))
  const filed = async (content: SealFileBytes): Promise<string> => {
    const document = { file: LETTER_FACTS, sealFile: forgeSealFile(content) }
    return answerOf(await verifyDocument(document, { trust, now: NOW, accept: ['document'] }))
  }
  const withSeal = (changes: Partial<SealBytes>): Promise<string> =>
    filed({ seals: [{ ...seal, ...changes }], impressions: [impression] })
  const withImpression = (changes: Partial<ImpressionBytes>): Promise<string> =>
    filed({ seals: [seal], impressions: [{ ...impression, ...changes }] })
  return {
    'the credential in a live code': async (artefact) => {
      const binding = { signer: signers.holder, issuedAt: NOW - 5, mode: 2 }
      const bytes = bytesOf(artefact)
      const isTagged = bytes[0] === SIGN1_HEAD
      return shown(await forgeBinding(isTagged ? bytes : encodeCbor(bytes), binding))
    },
    'an SD-JWT VC before its disclosures': (artefact) => shown(`${textOf(artefact)}~`),
    'the key binding of an SD-JWT VC': (artefact) => shown(sdJwt + textOf(artefact)),
    'the seal in a .seal': (artefact) => withSeal({ cose: bytesOf(artefact) }),
    'the JWS of the seal in a .seal': (artefact) => withSeal({ jws: textOf(artefact) }),
    'the impression in a .seal': (artefact) => withImpression({ cose: bytesOf(artefact) }),
    'the JWS of the impression in a .seal': (artefact) => withImpression({ jws: textOf(artefact) }),
    'the certificate in a request': async (artefact) => {
      const bytes = bytesOf(artefact)
      const isTagged = bytes[0] === SIGN1_HEAD
      const request = await withInner(asked, isTagged ? bytes : encodeCbor(bytes), DEVICE)
      return answerOf(await verifyRequest(request, { trust, now: NOW }))
    },
    ...placesOfProof(proof, filed),
  }
}

function placesOfProof(
  { seal, impression }: StapledProof,
  filed: (content: SealFileBytes) => Promise<string>,
): Readonly<Record<string, EntryPoint>> {
  const withProof = (changes: Partial<ImpressionBytes>): Promise<string> =>
    filed({ seals: [seal], impressions: [{ ...impression, ...changes }] })
  return {
    'the time-stamp in a .seal': (artefact) => withProof({ timestamp: bytesOf(artefact) }),
    'the status list in a .seal': (artefact) => withProof({ statusList: bytesOf(artefact) }),
  }
}

/** A good artefact of every type that is a file, a document, a code, or unsigned as yet. */
import {
  decodeQrText,
  decodeSign1,
  encodeJson,
  type JsonValue,
  sha256,
  sigStructure,
  toBase64url,
  utf8Encode,
} from '@onetrip/codec'
import { encodeAnswer, enrolmentCode } from '@onetrip/credential'
import { sampleOffices } from '@onetrip/fixtures'
import { encodeSealFile } from '@onetrip/seal'
import { TARGET, typeTarget } from '@onetrip/trust'
import { makerCertificate, PAPER, sealPdf } from '../../packages/seal/samples/sealed-pdf.ts'
import { firstRoot, sampleRepository } from '../../packages/trust/samples/sample-repository.ts'
import { foodRequest } from '../../server/testing/test-world.ts'
import { foodCredential, foodSdJwt, liveCode, requestedCode } from '../vectors/vector-case.ts'
import { FOOD_TYPE, HOUR, NOW, seededSigner } from '../vectors/vector-cast.ts'
import { type ContextsTrust, KEEPERS, MAKERS } from './contexts-cast.ts'
import { DEVICE, impressionOf, sealOf } from './signed-statements.ts'
import type { StapledProof } from './stapled-proof.ts'

/** Every one by its name. */
export async function keptArtefacts(
  { files, pack, root, documents }: ContextsTrust,
  proof: StapledProof,
): Promise<Readonly<Record<string, Uint8Array | string>>> {
  const target = (path: string): Uint8Array => utf8Encode(encodeJson(documents[path] ?? null))
  const metadata = (name: string): Uint8Array => files.metadata.get(name) ?? new Uint8Array(0)
  const sealed = { seals: [await sealOf()], impressions: [await impressionOf()] }
  const certificate = await makerCertificate(MAKERS.jws)
  return {
    'live code': await liveCode(),
    'answer of several': await answerOfSeveral(),
    'draft of an SD-CWT': await draftedCwt(),
    'draft of an SD-JWT VC': (await foodSdJwt()).split('~')[0]?.replace(/\.[^.]*$/, '') ?? '',
    'licence request': encodeJson(foodRequest()),
    'enrolment code': codeOfDevice(),
    '.seal': encodeSealFile(sealed),
    PDF: PAPER,
    'sealed PDF': (await sealPdf(PAPER, { makers: MAKERS, keepers: KEEPERS })).pdf,
    'X.509 certificate': certificate.bytes,
    'time-stamp token': proof.impression.timestamp,
    'status list at sealing': proof.impression.statusList,
    'offline pack': pack,
    root,
    targets: metadata('1.targets.json'),
    snapshot: metadata('1.snapshot.json'),
    timestamp: metadata('timestamp.json'),
    'recognised root': await recognisedRoot(),
    'trust list': target(TARGET.trustList),
    'type definition': target(typeTarget({ typeCode: FOOD_TYPE, version: 1 })),
    catalogue: target(TARGET.catalogue),
    'deny list': utf8Encode(encodeJson({ format: 1, keys: [], devices: [] })),
    'recognition list': await recognitionList(),
  }
}

/** What an agency's key is given to sign. */
async function draftedCwt(): Promise<Uint8Array> {
  return sigStructure(decodeSign1(await foodCredential()))
}

/** One is enough to make it an array. */
async function answerOfSeveral(): Promise<Uint8Array> {
  return encodeAnswer([{ material: 'food', presentation: decodeQrText(await requestedCode()) }])
}

function codeOfDevice(): string {
  const [office = ''] = sampleOffices.map(({ id }) => id)
  return enrolmentCode({ key: DEVICE.publicKey, office, deviceName: '一号窗口', nonce: 'nonce' })
}

async function recognisedRoot(): Promise<Uint8Array> {
  const [root, targets, online] = ['root', 'targets', 'online'].map((role) =>
    seededSigner(`recognised ${role}`),
  )
  if (root === undefined || targets === undefined || online === undefined) throw new TypeError()
  const signers = { root: [root], targets: [targets], online }
  return firstRoot(await sampleRepository({ signers, signedAt: NOW - 2 * HOUR, documents: {} }))
}

async function recognitionList(): Promise<Uint8Array> {
  const list: JsonValue = {
    format: 1,
    jurisdictions: [
      {
        id: 'linzhou',
        name: { 'zh-CN': '虚构省', en: 'Province (sample)' },
        repository: 'https://linzhou.onetrip.example/trust/',
        rootDigest: toBase64url(sha256(await recognisedRoot())),
        types: [FOOD_TYPE],
      },
    ],
  }
  return utf8Encode(encodeJson(list))
}

/**
 * Writes fixtures/vectors/verifier, documents, asking and trust-packs: `node test/vectors/make-verifier-vectors.ts`.
 * Everything is fixed, ES256 signatures too (RFC 6979), so making them again gives the same bytes.
 * A case whose verdict is not what its author expects stops the run.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Trust } from '@onetrip/trust'
import { askingPack } from './asking-cast.ts'
import { type AskingVector, judgeAsking, summariseAsking } from './asking-verdicts.ts'
import { answerTimeCases } from './cases-answer-time.ts'
import { answerCases } from './cases-answers.ts'
import { cborCases } from './cases-cbor.ts'
import { delegationCases } from './cases-delegations.ts'
import { documentCases } from './cases-documents.ts'
import { foreignCases } from './cases-foreign.ts'
import { frameCases } from './cases-frames.ts'
import { issuerCases } from './cases-issuer.ts'
import { jsonCases } from './cases-json.ts'
import { licencePdfCases } from './cases-licence-pdf.ts'
import { licenceSealCases } from './cases-licence-seal.ts'
import { logReceiptCases } from './cases-log-receipts.ts'
import { mdocCases } from './cases-mdoc.ts'
import { pdfCases } from './cases-pdf.ts'
import { receiptCases } from './cases-receipts.ts'
import { recognitionCases } from './cases-recognition.ts'
import { replayCases } from './cases-replay.ts'
import { requestCases } from './cases-requests.ts'
import { sdJwtCases } from './cases-sd-jwt.ts'
import { showingCases } from './cases-showing.ts'
import { timeAndStatusCases } from './cases-time-and-status.ts'
import { vpRequestCases } from './cases-vp-requests.ts'
import { sealedLicencesPack, sealingPack } from './document-cast.ts'
import { type DocumentVector, judgeDocument, summariseDocument } from './document-verdicts.ts'
import { loggedPacks } from './logged-repositories.ts'
import { recognitionPacks } from './recognition-repositories.ts'
import { NOW } from './vector-cast.ts'
import { buildVectorTrust } from './vector-repository.ts'
import {
  judgeVector,
  openVectorPack,
  type PackVector,
  summarise,
  type VerifierVector,
} from './verifier-verdicts.ts'

const FOLDER = resolve(import.meta.dirname, '../../fixtures/vectors')
const SOURCE = 'OneTrip, test/vectors'

/** Every vector and pack by file name without `.json`. */
export interface MadeVectors {
  readonly vectors: Readonly<Record<string, VerifierVector>>
  readonly documents: Readonly<Record<string, DocumentVector>>
  readonly asking: Readonly<Record<string, AskingVector>>
  readonly packs: Readonly<Record<string, PackVector>>
}

/** Makes all vectors; throws an `Error` that names every case with another verdict than expected. */
export async function makeVerifierVectors(): Promise<MadeVectors> {
  const pack = await buildVectorTrust()
  const packs: Record<string, PackVector> = {
    main: pack,
    ...(await recognitionPacks()),
    ...(await loggedPacks()),
    sealing: await sealingPack(),
    'sealed-licences': await sealedLicencesPack(),
    asking: await askingPack(),
  }
  const trusts = new Map<string, Trust>()
  for (const [name, each] of Object.entries(packs)) trusts.set(name, await openVectorPack(each))
  const trustOf = (name: string): Trust => {
    const trust = trusts.get(name)
    if (trust === undefined) throw new TypeError(`no pack ${name}`)
    return trust
  }
  const cases = (
    await Promise.all([
      showingCases(),
      answerTimeCases(),
      replayCases(trustOf('main')),
      issuerCases(),
      timeAndStatusCases(),
      sdJwtCases(),
      mdocCases(),
      cborCases(),
      jsonCases(),
      foreignCases(),
      frameCases(),
      recognitionCases(),
      licenceSealCases(),
      logReceiptCases(),
    ])
  ).flat()
  const vectors: Record<string, VerifierVector> = {}
  const wrong: string[] = []
  for (const given of cases) {
    if (Object.hasOwn(vectors, given.name)) wrong.push(`${given.name} is there twice`)
    const input = { trust: 'main', ...given.input }
    const now = given.now ?? NOW
    const expect = summarise(await judgeVector({ input, now, trust: trustOf(input.trust) }))
    if (expect.outcome !== given.outcome || expect.code !== given.code) {
      wrong.push(`${given.name}: ${expect.outcome} ${expect.code} (${expect.failed.join(', ')})`)
    }
    vectors[given.name] = {
      source: SOURCE,
      clause: given.clause,
      why: given.why,
      now,
      input,
      expect,
    }
  }
  const documents: Record<string, DocumentVector> = {}
  for (const given of [
    ...(await documentCases()),
    ...(await pdfCases()),
    ...(await licencePdfCases()),
  ]) {
    if (Object.hasOwn(documents, given.name)) wrong.push(`document ${given.name} is there twice`)
    const { clause, why, input, now = NOW } = given
    const trust = trustOf(input.trust)
    const expect = summariseDocument(await judgeDocument({ input, now, trust }))
    if (expect.outcome !== given.outcome || expect.code !== given.code) {
      wrong.push(`document ${given.name}: ${expect.code} (${expect.failed.join(', ')})`)
    }
    documents[given.name] = { source: SOURCE, clause, why, now, input, expect }
  }
  const asking: Record<string, AskingVector> = {}
  const askingCases = [
    ...(await requestCases()),
    ...(await vpRequestCases()),
    ...(await answerCases()),
    ...(await receiptCases(trustOf('asking'))),
    ...(await delegationCases(trustOf('asking'))),
  ]
  for (const given of askingCases) {
    if (Object.hasOwn(asking, given.name)) wrong.push(`asking ${given.name} is there twice`)
    const { clause, why, input, now = NOW } = given
    const expect = summariseAsking(await judgeAsking({ input, now, trust: trustOf(input.trust) }))
    if (expect.outcome !== given.outcome || expect.code !== given.code) {
      wrong.push(`asking ${given.name}: ${expect.code} (${expect.failed.join(', ')})`)
    }
    asking[given.name] = { source: SOURCE, clause, why, now, input, expect }
  }
  if (wrong.length > 0) throw new Error(`unexpected verdicts:\n${wrong.join('\n')}`)
  return { vectors, documents, asking, packs }
}

/** The bytes of a vector's file. */
export function vectorText(
  vector: VerifierVector | DocumentVector | AskingVector | PackVector,
): string {
  return `${JSON.stringify(vector, null, 2)}\n`
}

async function writeVectors({ vectors, documents, asking, packs }: MadeVectors): Promise<void> {
  const folders = { verifier: vectors, documents, asking, 'trust-packs': packs }
  for (const [folder, files] of Object.entries(folders)) {
    const path = resolve(FOLDER, folder)
    await rm(path, { recursive: true, force: true })
    await mkdir(path, { recursive: true })
    for (const [name, vector] of Object.entries(files)) {
      await writeFile(resolve(path, `${name}.json`), vectorText(vector))
    }
  }
}

if (import.meta.main) await writeVectors(await makeVerifierVectors())

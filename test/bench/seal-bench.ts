/**
 * What sealing and verifying a PDF of 10 MB costs beside hashing it twice and the signatures that are made or checked; and a
 * file of 10 MB with its `.seal` beside hashing it once.
 */
import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto'
import {
  buildSealUpdate,
  digestAppearance,
  digestFile,
  encodeSealFile,
  openForSealing,
  parseSeal,
  type SealBytes,
  sealAppearance,
  withSignature,
} from '@onetrip/seal'
import { verifyDocument } from '@onetrip/verifier'
import { CATALOG, PAGE, PAGES, streamOf, writePdf } from '../../packages/seal/samples/pdf-files.ts'
import {
  impressionBytes,
  impressionFacts,
  KEEPER,
  SEALED_AT,
} from '../../packages/seal/samples/sample-seals.ts'
import { sealTrust } from '../../packages/seal/samples/sealed-letter.ts'
import { PICTURE, sealPdf } from '../../packages/seal/samples/sealed-pdf.ts'
import { type BenchResult, inTurns } from './measure.ts'

const MEGABYTES = 10
const ROUNDS = 20
/** Both forms of the impression, and the PAdES signature. */
const SIGNED = 3
/** Both forms of seal and impression, the maker's certificate and the seal's, and the PAdES signature. */
const CHECKED = 7
/** Both forms of seal and impression. */
const CHECKED_BESIDE = 4

/** Measures; raw work and ours take turns. */
export async function benchSeals(): Promise<readonly BenchResult[]> {
  const base = writePdf({ objects: [CATALOG, PAGES, PAGE, streamOf(' '.repeat(MEGABYTES * 1e6))] })
  const { pdf, seal } = await sealPdf(base)
  const trust = await sealTrust()
  const options = { trust, now: SEALED_AT + 60, accept: ['document'] } as const
  const raw = rawKeys()
  const hash = (bytes: Uint8Array): void => {
    createHash('sha256').update(bytes).digest()
  }
  const beside = await besideOf(base, seal)
  return [
    await inTurns(`seal a PDF of ${MEGABYTES} MB, beside two hashes and its signatures`, 2, {
      raw: async () => {
        for (let turn = 0; turn < 2; turn += 1) hash(base)
        for (let turn = 0; turn < SIGNED; turn += 1) raw.sign()
      },
      ours: () => sealOnce(base, seal),
      rounds: ROUNDS,
    }),
    await inTurns(`verify it sealed, beside two hashes and its signatures`, 2, {
      raw: async () => {
        for (let turn = 0; turn < 2; turn += 1) hash(base)
        for (let turn = 0; turn < CHECKED; turn += 1) raw.verify()
      },
      ours: async () => {
        const { outcome } = await verifyDocument({ pdf }, options)
        if (outcome !== 'valid') throw new Error(`the sealed PDF is ${outcome}`)
      },
      rounds: ROUNDS,
    }),
    await inTurns(`verify the file with its .seal, beside one hash and its signatures`, 2, {
      raw: async () => {
        hash(base)
        for (let turn = 0; turn < CHECKED_BESIDE; turn += 1) raw.verify()
      },
      ours: async () => {
        const file = { ...(await digestFile([base])), mediaType: 'application/pdf' }
        const { outcome } = await verifyDocument({ file, sealFile: beside }, options)
        if (outcome !== 'valid') throw new Error(`the sealed file is ${outcome}`)
      },
      rounds: ROUNDS,
    }),
  ]
}

/** The `.seal` that lies beside a file. */
async function besideOf(base: Uint8Array, seal: SealBytes): Promise<Uint8Array> {
  const file = { ...(await digestFile([base])), mediaType: 'application/pdf' }
  const impression = await impressionBytes(impressionFacts(seal, { file }), { signers: KEEPER })
  return encodeSealFile({ seals: [seal], impressions: [impression] })
}

/** As the server does it, once an approval is there. */
async function sealOnce(base: Uint8Array, seal: SealBytes): Promise<void> {
  const pdf = openForSealing(base)
  const appearance = sealAppearance(PICTURE, parseSeal(seal.cose).facts.image)
  const file = { ...(await digestFile([base])), mediaType: 'application/pdf' }
  const stated = impressionFacts(seal, { file, appearance: digestAppearance(appearance) })
  const impression = await impressionBytes(stated, { signers: KEEPER })
  const update = buildSealUpdate({
    pdf,
    page: 0,
    place: { left: 380, bottom: 120 },
    appearance,
    attachment: encodeSealFile({ seals: [seal], impressions: [impression] }),
    attachmentName: 'onetrip.seal',
    signedAt: stated.issuedAt,
    signerName: '样例',
    reason: stated.purpose,
  })
  const { sha256: digest } = await digestFile(update.toBeDigested)
  withSignature(update, await KEEPER.jws.sign(digest))
}

function rawKeys(): { readonly sign: () => void; readonly verify: () => void } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const data = new Uint8Array(600)
  const signature = sign('sha256', data, privateKey)
  return {
    sign: () => void sign('sha256', data, privateKey),
    verify: () => void verify('sha256', data, publicKey, signature),
  }
}

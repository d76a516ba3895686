/** A counter of the sample office that asks, and a holder who answers: for tests of this package and of those above it. */
import { type Signer, sha256, signerFromPrivateJwk } from '@onetrip/codec'
import { testKeys } from '@onetrip/fixtures'
import { type AnswerChoice, answerBytes } from '../src/answer.ts'
import { type ReceiptMaterial, signReceipt } from '../src/answer-receipt.ts'
import {
  assembleCounterCertificate,
  buildCounterCertificate,
  type CounterStatement,
} from '../src/counter-certificate.ts'
import { type RequestInput, signRequest } from '../src/request.ts'
import type { Want } from '../src/request-wants.ts'

/** The office that asks, the service centre of the sample cast. */
export const CENTRE = '12339901XYN0000570'
/** The matter that it asks for. */
export const MATTER = 'open-restaurant'
/** Type codes of the licences that it asks for. */
export const BUSINESS_TYPE = '1110000099XYN9907G001'
export const IDENTITY_TYPE = '1110000099XYN9907G002'

/** The office's key that certifies counters. */
export const ENROLLER: Signer = signerFromPrivateJwk({ ...testKeys.officeEnrol })
/** The counter's device. */
export const DEVICE: Signer = signerFromPrivateJwk({ ...testKeys.counterCbor })

/** A business licence and an identity, as the catalogue allows. */
export const WANTS: readonly Want[] = [
  {
    material: 'business-licence',
    required: true,
    options: [{ type: BUSINESS_TYPE, claims: ['address', 'legalRepresentative', 'scope'] }],
  },
  {
    material: 'identity',
    required: true,
    options: [{ type: IDENTITY_TYPE, claims: ['idNumber', 'name'] }],
  },
]

/** The device's certificate of 30 days from a day before `now`, with members replaced. */
export async function sampleCertificate(
  now: number,
  changes: Partial<CounterStatement> = {},
  { enroller = ENROLLER, device = DEVICE }: { enroller?: Signer; device?: Signer } = {},
): Promise<Uint8Array> {
  const { kid, algorithm } = enroller.publicKey
  const draft = buildCounterCertificate({
    office: CENTRE,
    device: { number: '03', name: '一号窗口', key: device.publicKey },
    matters: [MATTER],
    issuedAt: now - 86_400,
    expiresAt: now + 29 * 86_400,
    kid,
    algorithm,
    ...changes,
  })
  return assembleCounterCertificate(draft, await enroller.sign(draft.toBeSigned))
}

/** A request made at `now` with a nonce that is always the same, with members replaced. */
export async function sampleRequest(
  now: number,
  changes: Partial<RequestInput> = {},
): Promise<Uint8Array> {
  return signRequest({
    matter: MATTER,
    purpose: '办理食品经营许可新办',
    wants: WANTS,
    issuedAt: now,
    random: (length) => sha256(new Uint8Array([1])).slice(0, length),
    certificate: changes.certificate ?? (await sampleCertificate(now)),
    signer: DEVICE,
    ...changes,
  })
}

/** A receipt for an answer, with members replaced. */
export async function sampleReceipt(
  answer: Uint8Array,
  of: {
    readonly request: Parameters<typeof signReceipt>[0]['request']
    readonly shown: readonly ReceiptMaterial[]
    readonly now: number
    readonly certificate?: Uint8Array
    readonly signer?: Signer
  },
): Promise<Uint8Array> {
  const { request, shown, now, signer = DEVICE } = of
  return signReceipt({
    request,
    answer: sha256(answerBytes(answer)),
    shown,
    issuedAt: now,
    certificate: of.certificate ?? (await sampleCertificate(now)),
    signer,
  })
}

/** A choice that discloses what the want asks of its first type. */
export function choiceFor(
  want: Want,
  held: Omit<AnswerChoice, 'material' | 'disclose'>,
): AnswerChoice {
  const option = want.options.find(({ type }) => type === held.type.typeCode)
  return { ...held, material: want.material, disclose: option?.claims ?? [] }
}

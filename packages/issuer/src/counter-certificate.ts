/** An office certifies one of its counters (issue C, "Enrolling a counter"). */
import { fault, type Signer, samePublicKey } from '@onetrip/codec'
import {
  assembleCounterCertificate,
  buildCounterCertificate,
  type CounterCertificateInput,
  parseCounterCertificate,
} from '@onetrip/credential'
import { assertSignature } from './securing.ts'

/** What the certificate states; the office's key is the signer's. */
export type CounterOrder = Omit<CounterCertificateInput, 'kid' | 'algorithm'>

/**
 * Signs a certificate and reads it back by our own parser before it is handed out. Throws signature/format when the
 * signer answers anything but 64 bytes, credential/lint when what was signed is not what was ordered, `TypeError` for
 * an order that no office may give.
 */
export async function issueCounterCertificate(
  order: CounterOrder,
  signer: Signer,
): Promise<Uint8Array> {
  const { kid, algorithm } = signer.publicKey
  const draft = buildCounterCertificate({ ...order, kid, algorithm })
  const signature = await signer.sign(draft.toBeSigned)
  assertSignature(signature)
  const certificate = assembleCounterCertificate(draft, signature)
  const read = parseCounterCertificate(certificate)
  const isOrdered =
    read.office === order.office &&
    read.device.number === order.device.number &&
    samePublicKey(read.device.key, order.device.key) &&
    read.expiresAt === order.expiresAt
  if (!isOrdered) throw fault('credential/lint')
  return certificate
}

/** Receipts of this server's own record for what is judged here, since presentations over the network carry none. */
import { Fault, toBase64url } from '@onetrip/codec'
import type { Trust } from '@onetrip/trust'
import type { KeptReceipts } from '@onetrip/verifier'
import type { Services } from '../services.ts'
import { recordOrigin } from './integrate.ts'
import { receiptOf } from './prove-entry.ts'

/** Those under the newest checkpoint that the trust data publish; of what came after it, under the record's newest. */
export function ownReceipts(services: Services, trust: Trust): KeptReceipts {
  const log = trust.logs.find(({ name }) => name === recordOrigin(services))
  const published = log?.sizes.at(-1)
  return async (bytes) => {
    const leaf = toBase64url(bytes)
    const under =
      published === undefined ? undefined : await found(services, { leaf, size: published })
    return under ?? found(services, { leaf })
  }
}

async function found(
  services: Services,
  request: { readonly leaf: string; readonly size?: number },
): Promise<Uint8Array | undefined> {
  try {
    return await receiptOf(services, request)
  } catch (error) {
    if (error instanceof Fault && error.code === 'log/no-entry') return undefined
    throw error
  }
}

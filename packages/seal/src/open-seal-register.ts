/** Whether a seal register is its maker's word, as status lists are theirs whose `status` key signed them. */
import { type ErrorCode, Fault, fault, verifySign1 } from '@onetrip/codec'
import { keysByKid, keyValidity, type SealMaker } from '@onetrip/trust'
import { parseSealRegister, type SealRegister } from './seal-register.ts'

/**
 * Opens a register with the `status` key of its maker that it names, good at the register's `iat`; `maker` is the one that
 * the trust list has. Throws `seal/maker-unknown` (none, or not this one's), `key/unknown`, `algorithm/not-allowed`,
 * `key/revoked`, `key/outside-validity`, `signature/*`, and as `parseSealRegister` what was not parsed before.
 */
export async function openSealRegister(
  register: Uint8Array | SealRegister,
  maker: SealMaker | undefined,
): Promise<SealRegister> {
  const parsed = register instanceof Uint8Array ? parseSealRegister(register) : register
  const { facts, kid, sign1 } = parsed
  if (maker?.id !== facts.maker) throw fault('seal/maker-unknown')
  const named = keysByKid(maker, kid).filter(({ use }) => use === 'status')
  let refused: ErrorCode = named.length === 0 ? 'key/unknown' : 'algorithm/not-allowed'
  for (const life of named) {
    if (life.key.algorithm !== sign1.algorithm) continue
    const code = keyValidity(life, facts.issuedAt) ?? (await tryKey(parsed, life.key))
    if (code === undefined) return parsed
    refused = code
  }
  throw fault(refused)
}

async function tryKey(
  { sign1 }: SealRegister,
  key: Parameters<typeof verifySign1>[1],
): Promise<ErrorCode | undefined> {
  try {
    await verifySign1(sign1, key)
    return undefined
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}

/**
 * The seal that a licence states, found in the registers of its issuer's trust data (ARCHITECTURE §11). Registers cost a
 * signature and a digest for each seal, so they are opened when the first licence asks, once for the same trust data, and a
 * seal is judged once: what its maker stated does not change with the reader's clock.
 */
import { fault, toHex } from '@onetrip/codec'
import { sealReference } from '@onetrip/credential'
import {
  judgeSeal,
  openSealRegister,
  parseSeal,
  parseSealRegister,
  type RegisteredSeal,
  type SealFacts,
  type SealRegisterFacts,
} from '@onetrip/seal'
import type { SealMaker, Trust } from '@onetrip/trust'
import type { Settled } from './rule.ts'
import { settleAsync } from './settle.ts'

/** A registered seal as its maker stated it, and what the register says of it. */
export interface LicenceSeal {
  readonly facts: SealFacts
  readonly maker: SealMaker
  readonly entry: RegisteredSeal
  /** When the register said so, Unix seconds. */
  readonly asOf: number
}

/** A seal in a register that was opened. */
interface Registered {
  readonly asOf: number
  /** Judges it, the first time. */
  readonly judged: () => Promise<Settled<LicenceSeal>>
}

/** By reference, in lower-case hex; of several registers that have a seal the newest speaks. */
type SealIndex = ReadonlyMap<string, Registered>
/** What is asked of trust data. */
type SealSource = Pick<Trust, 'sealMaker' | 'sealRegisters'>

const OPENED = new WeakMap<SealSource, Promise<SealIndex>>()

/**
 * The seal that a licence names. `licence-seal/unknown` where no register has it; why its maker's statement does not hold:
 * `key/*`, `algorithm/not-allowed`, `signature/*`, and what parsing a seal throws.
 */
export async function findLicenceSeal(
  reference: Uint8Array,
  trust: SealSource,
): Promise<Settled<LicenceSeal>> {
  const index = OPENED.get(trust) ?? openRegisters(trust)
  OPENED.set(trust, index)
  const registered = (await index).get(toHex(reference))
  return registered === undefined ? { code: 'licence-seal/unknown' } : registered.judged()
}

async function openRegisters(trust: SealSource): Promise<SealIndex> {
  const index = new Map<string, Registered>()
  for (const bytes of trust.sealRegisters) {
    const opened = await settleAsync(() => openRegister(bytes, trust))
    // One that is not its maker's word tells of no seal.
    if (opened.value === undefined) continue
    const register = opened.value
    for (const entry of register.seals) {
      const reference = toHex(sealReference(entry.seal))
      if ((index.get(reference)?.asOf ?? 0) > register.issuedAt) continue
      const judged = once(() => settleAsync(() => judgeEntry({ entry, register, trust })))
      index.set(reference, { asOf: register.issuedAt, judged })
    }
  }
  return index
}

async function openRegister(bytes: Uint8Array, trust: SealSource): Promise<SealRegisterFacts> {
  const register = parseSealRegister(bytes)
  const { facts } = await openSealRegister(register, trust.sealMaker(register.facts.maker))
  return facts
}

/** A register speaks for its own maker's seals, those that have their entries in its list. */
async function judgeEntry(options: {
  readonly entry: RegisteredSeal
  readonly register: SealRegisterFacts
  readonly trust: SealSource
}): Promise<LicenceSeal> {
  const { entry, register, trust } = options
  const { issuedAt: asOf } = register
  const form = parseSeal(entry.seal)
  const { maker: stated, status } = form.facts
  if (stated !== register.maker || status.uri !== register.statusUri) {
    throw fault('licence-seal/unknown')
  }
  const { facts, maker, findings } = await judgeSeal(form, { trust, now: asOf })
  const refused = findings.find(({ id, code }) => id !== 'seal-period' && code !== undefined)
  if (refused?.code !== undefined) throw fault(refused.code)
  if (maker === undefined) throw fault('seal/maker-unknown')
  return { facts, maker, entry, asOf }
}

function once<Value>(work: () => Value): () => Value {
  let kept: { readonly value: Value } | undefined
  return () => {
    kept ??= { value: work() }
    return kept.value
  }
}

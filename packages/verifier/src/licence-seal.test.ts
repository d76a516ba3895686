import { sealReference } from '@onetrip/credential'
import { describe, expect, test } from 'vitest'
import {
  MAKER_ID,
  registerBytes,
  SEALED_AT,
  STRANGER,
  sealBytes,
  sealFacts,
  trustOf,
} from '../../seal/samples/sample-seals.ts'
import { findLicenceSeal } from './licence-seal.ts'

const { cose: seal } = await sealBytes()
const reference = sealReference(seal)
const inUse = await registerBytes({ seals: [{ seal, state: 'in-use' }] })
const since = SEALED_AT + 60
const later = await registerBytes({
  issuedAt: SEALED_AT + 120,
  seals: [{ seal, state: 'ended', since }],
})

/** Trust data with registers, and how often they were asked for a maker. */
function trustWith(sealRegisters: readonly Uint8Array[], asked: string[] = []) {
  const { sealMaker } = trustOf()
  return {
    sealRegisters,
    sealMaker: (id: string) => {
      asked.push(id)
      return sealMaker(id)
    },
  }
}

describe('the seal of a licence', () => {
  test('is what its maker stated, and what the register says of it', async () => {
    const { value } = await findLicenceSeal(reference, trustWith([inUse]))
    expect(value?.facts).toMatchObject({ id: '33990100000017', owner: sealFacts().owner })
    expect(value?.maker.id).toBe(MAKER_ID)
    expect(value?.entry).toEqual({ seal, state: 'in-use' })
    expect(value?.asOf).toBe(SEALED_AT)
  })

  test('is looked for in registers that are opened once, when the first licence asks', async () => {
    const asked: string[] = []
    const trust = trustWith([inUse, await registerBytes()], asked)
    expect(asked).toEqual([])
    await Promise.all([findLicenceSeal(reference, trust), findLicenceSeal(reference, trust)])
    // Once for each register, once for the seal.
    expect(asked).toHaveLength(3)
    await findLicenceSeal(reference, trust)
    await findLicenceSeal(new Uint8Array(8), trust)
    expect(asked).toHaveLength(3)
  })

  test.each([[[inUse, later]], [[later, inUse]]])(
    'is as the newest register has it, whatever came first',
    async (registers) => {
      const { value } = await findLicenceSeal(reference, trustWith(registers))
      expect(value?.entry).toEqual({ seal, state: 'ended', since })
    },
  )

  test('is unknown without registers, and in one that is not its maker’s word or no register', async () => {
    const forged = await registerBytes({ seals: [{ seal, state: 'in-use' }] }, STRANGER.cose)
    const bare = await registerBytes({ seals: [{ seal: seal.slice(0, 9), state: 'in-use' }] })
    for (const registers of [[], [forged], [seal], [new Uint8Array()], [bare]]) {
      const { code } = await findLicenceSeal(reference, trustWith(registers))
      expect(code).toBe('licence-seal/unknown')
    }
  })

  test('that is no seal has the code of what it is', async () => {
    const bytes = seal.slice(0, 9)
    const bare = await registerBytes({ seals: [{ seal: bytes, state: 'in-use' }] })
    const { code } = await findLicenceSeal(sealReference(bytes), trustWith([bare]))
    expect(code).toBe('cbor/truncated')
  })
})

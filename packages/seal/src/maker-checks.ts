/** What is asked of whoever stated a seal, in the order in which the answers are given. */
import type { ErrorCode } from '@onetrip/codec'
import { keyValidity, type SealMaker } from '@onetrip/trust'
import type { MakerSignature } from './signed-by.ts'

/** Names of the questions. */
export type MakerCheckId = 'seal-maker' | 'maker-key' | 'maker-key-life' | 'maker-signature'

/** A seal's maker, and what became of its signatures. */
export interface MakerSubject {
  readonly maker: SealMaker | undefined
  /** Of the forms of the seal that are at hand. */
  readonly makerSignatures: readonly MakerSignature[]
  /** When the seal was stated, Unix seconds. */
  readonly statedAt: number
}

/** One question. */
export interface MakerCheck {
  readonly id: MakerCheckId
  /** Where it comes from. */
  readonly clause: string
  /** Checks that must have passed for this one to mean anything. */
  readonly needs: readonly MakerCheckId[]
  /** The code that says why not. */
  readonly judge: (subject: MakerSubject) => ErrorCode | undefined
}

/** All of them. */
export const MAKER_CHECKS: readonly MakerCheck[] = [
  {
    id: 'seal-maker',
    clause: 'ARCHITECTURE §5',
    needs: [],
    judge: ({ maker }) => (maker === undefined ? 'seal/maker-unknown' : undefined),
  },
  {
    id: 'maker-key',
    clause: 'ARCHITECTURE §5',
    needs: ['seal-maker'],
    judge: ({ makerSignatures }) => firstOf(makerSignatures, ({ key }) => key.code),
  },
  {
    id: 'maker-key-life',
    clause: 'ARCHITECTURE §5',
    needs: ['maker-key'],
    judge: ({ makerSignatures, statedAt }) =>
      firstOf(makerSignatures, ({ key }) =>
        key.value === undefined ? key.code : keyValidity(key.value, statedAt),
      ),
  },
  {
    id: 'maker-signature',
    clause: 'RFC 9052 §4.4, RFC 7515 §5.2',
    needs: ['maker-key'],
    judge: ({ makerSignatures }) => firstOf(makerSignatures, ({ code }) => code),
  },
]

function firstOf(
  signatures: readonly MakerSignature[],
  judge: (signature: MakerSignature) => ErrorCode | undefined,
): ErrorCode | undefined {
  for (const signature of signatures) {
    const code = judge(signature)
    if (code !== undefined) return code
  }
  return undefined
}

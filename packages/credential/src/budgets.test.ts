/** The worst case of each code, made by the real code; a byte more than the limits must not pass. */
import { type Algorithm, decodeFrameLines } from '@onetrip/codec'
import {
  identityOfChen,
  propertyOfZhao,
  sampleLicences,
  seniorZhao,
  studentWu,
} from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import {
  codeOf,
  issueInput,
  issueSdCwt,
  NOW,
  newKeys,
  type TestKeys,
  typeOf,
} from '../samples/testkit.ts'
import { answerText } from './answer.ts'
import { MAX_CODE_CHARACTERS } from './budgets.ts'
import { today } from './calendar-day.ts'
import { delegateCode, delegationText, makeDelegation } from './delegation.ts'
import { assemblePaper, buildPaper, paperText } from './paper.ts'
import { type LiveInput, makeCopy, presentLive, presentRequested } from './present.ts'
import { parsePresentation } from './presentation.ts'
import { REQUEST_DIGEST_BYTES } from './request.ts'
import type { SdCwtInput } from './sd-cwt-issue.ts'
import type { ClaimDefinition, TypeDefinition } from './type-definition.ts'

const SERIAL_BYTES = 18
/** A stated seal takes the room of as many bytes of values: key, head and eight bytes. */
const SEAL_BYTES = 10
const OFFICE = '12339901XYN0000570'

/** 8 selectable claims, 3 of them shown, behind `open` claims that are always shown. */
interface WorstCase {
  readonly holder: Algorithm
  readonly open: number
  /** Licence version and type version; 1 is not written. */
  readonly versions: number
  readonly isSealed: boolean
  /** UTF-8 bytes of all that is shown, the serial included, and of a stated seal. */
  readonly shownBytes: number
}

const cases: readonly Omit<WorstCase, 'shownBytes'>[] = [
  { holder: 'Ed25519', open: 0, versions: 1, isSealed: false },
  { holder: 'Ed25519', open: 2, versions: 2, isSealed: false },
  { holder: 'ES256', open: 2, versions: 2, isSealed: false },
  { holder: 'Ed25519', open: 0, versions: 1, isSealed: true },
  { holder: 'Ed25519', open: 2, versions: 2, isSealed: true },
  { holder: 'ES256', open: 2, versions: 2, isSealed: true },
]

describe.each(cases)(
  '$holder, $open open claims, versions $versions, sealed $isSealed',
  (worst) => {
    test('live: 100 bytes of values fit 1,249 characters', async () => {
      const { shown } = await issueWorst({ ...worst, shownBytes: 100 })
      expect((await presentLive(shown)).length).toBeLessThanOrEqual(MAX_CODE_CHARACTERS.live)
    })

    test('requested: 60 bytes of values fit 1,352 characters', async () => {
      const { shown } = await issueWorst({ ...worst, shownBytes: 60 })
      const answer = await presentRequested({
        ...shown,
        audience: OFFICE,
        nonce: new Uint8Array(REQUEST_DIGEST_BYTES),
      })
      expect(answerText(answer).length).toBeLessThanOrEqual(MAX_CODE_CHARACTERS.requested)
    })

    test('copy: 60 bytes of values, 170 of recipient and purpose fit 1,451 characters', async () => {
      const { shown } = await issueWorst({ ...worst, shownBytes: 60 })
      const recipient = { name: '样'.repeat(20) }
      const copy = { ...shown, recipient, purpose: '办'.repeat(36), endDay: today(NOW) }
      expect((await makeCopy(copy)).length).toBeLessThanOrEqual(MAX_CODE_CHARACTERS.copy)
    })

    test('delegation: 100 bytes of values and the longest matter fit 1,460 characters', async () => {
      const { shown } = await issueWorst({ ...worst, shownBytes: 100 })
      const delegation = await makeDelegation({
        ...shown,
        delegate: delegateCode(shown.signer.publicKey),
        matter: 'm'.repeat(40),
        endDay: today(NOW),
      })
      expect(delegationText(delegation).length).toBeLessThanOrEqual(MAX_CODE_CHARACTERS.delegation)
    })

    test('QR02: over its budget a code is animated, of two frames or three', async () => {
      const { shown } = await issueWorst({ ...worst, shownBytes: 120 })
      const copy = { ...shown, recipient: { office: OFFICE }, endDay: today(NOW) }
      const texts = [
        await presentLive(shown),
        await makeCopy({ ...copy, purpose: '办'.repeat(60) }),
      ]
      for (const text of texts) {
        parsePresentation(decodeFrameLines(text))
        expect([2, 3]).toContain(text.split('\n').length)
      }
    })
  },
)

describe('paper', () => {
  test.each([
    { open: 0, isSealed: false },
    { open: 2, isSealed: false },
    { open: 0, isSealed: true },
    { open: 2, isSealed: true },
  ])('150 bytes of values, $open open claims, sealed $isSealed, fit 600', ({ open, isSealed }) => {
    const claims = 8 + open
    const left = 150 - SERIAL_BYTES - (isSealed ? SEAL_BYTES : 0)
    const lengths = Array.from({ length: claims }, () => Math.floor(left / claims))
    const input = worstInput({ holder: 'Ed25519', open, versions: 1, isSealed, lengths })
    const text = paperText(assemblePaper(buildPaper(input.issue), new Uint8Array(64)))
    expect(text.length).toBeLessThanOrEqual(MAX_CODE_CHARACTERS.paper)
  })

  test('over its budget it is qr/too-big', async () => {
    const lengths = Array.from({ length: 8 }, () => 20)
    const input = worstInput({ holder: 'Ed25519', open: 0, versions: 1, isSealed: false, lengths })
    const paper = assemblePaper(buildPaper(input.issue), new Uint8Array(64))
    expect(await codeOf(() => paperText(paper))).toBe('qr/too-big')
  })
})

test.each([...sampleLicences, propertyOfZhao, studentWu, seniorZhao])(
  '$holder $typeCode: default claims fit a live code, and the paper',
  async (sample) => {
    const keys = newKeys('Ed25519')
    const input = issueInput(sample, keys)
    const disclose = input.type.claims.filter((claim) => claim.default).map((claim) => claim.name)
    const credential = await issueSdCwt(input, keys.issuer)
    await presentLive({ credential, type: input.type, disclose, now: NOW, signer: keys.holder })
    paperText(assemblePaper(buildPaper(input), new Uint8Array(64)))
  },
)

async function issueWorst(worst: WorstCase): Promise<{ readonly shown: LiveInput }> {
  const left = worst.shownBytes - SERIAL_BYTES - (worst.isSealed ? SEAL_BYTES : 0)
  const count = worst.open + 3
  const lengths = Array.from({ length: 8 + worst.open }, (_, index) => {
    if (index >= count) return 30
    return Math.floor(left / count) + (index < left % count ? 1 : 0)
  })
  const { issue, keys } = worstInput({ ...worst, lengths })
  const credential = await issueSdCwt(issue, keys.issuer)
  const disclose = issue.type.claims.slice(0, count).map((claim) => claim.name)
  return { shown: { credential, type: issue.type, disclose, now: NOW, signer: keys.holder } }
}

function worstInput(worst: {
  readonly holder: Algorithm
  readonly open: number
  readonly versions: number
  readonly isSealed: boolean
  readonly lengths: readonly number[]
}): { readonly issue: SdCwtInput; readonly keys: TestKeys } {
  const keys = newKeys('Ed25519', worst.holder)
  const base = typeOf(identityOfChen)
  const claims = worst.lengths.map((_, index) => textClaim(base, index, index < worst.open))
  const values = worst.lengths.map((length, index) => [`claim${index}`, 'x'.repeat(length)])
  const issue = {
    ...issueInput(identityOfChen, keys),
    type: { ...base, version: worst.versions, claims },
    facts: {
      serial: 'S'.repeat(SERIAL_BYTES),
      version: worst.versions,
      validFrom: '2026-11-20',
      validTo: '2031-11-19',
      claims: Object.fromEntries(values),
    },
    status: { uri: `https://${'s'.repeat(24)}`, index: 65_535 },
    ...(worst.isSealed ? { seal: new Uint8Array(8).fill(255) } : {}),
  }
  return { issue, keys }
}

function textClaim(base: TypeDefinition, index: number, isOpen: boolean): ClaimDefinition {
  const [first] = base.claims
  if (first === undefined) throw new TypeError('no claim')
  const sd = isOpen ? 'never' : 'allowed'
  return { ...first, name: `claim${index}`, key: 6 + index, sd, maxBytes: 300, paper: true }
}

/** Cases about delegations and what a delegate answers with them (ARCHITECTURE §3). */
import { toHex } from '@onetrip/codec'
import {
  type AnswerChoice,
  answerRequest,
  CLAIM,
  delegateCode,
  type NamedAnswerPart,
  parseRequest,
  presentRequested,
  presentSdCwt,
  TYP,
} from '@onetrip/credential'
import { businessLicenceOfSample } from '@onetrip/fixtures'
import type { Trust } from '@onetrip/trust'
import { shownInAnswer, verifyAnswer } from '@onetrip/verifier'
import {
  BUREAU,
  CENTRE,
  heldChoices,
  hold,
  INDEX,
  MATTER,
  NOW,
  SIGNERS,
  sampleReceipt,
  sampleRequest,
  WANTS,
} from '../../packages/verifier/samples/asking-world.ts'
import {
  bothDelegated,
  DELEGATE,
  delegated,
  delegatesAnswer,
  ownLicence,
} from '../../packages/verifier/samples/delegates.ts'
import { type AskingCase, amber, caseOf, grey, type Judged, red, valid } from './asking-case.ts'
import { resigned, withInner } from './asking-cast.ts'

const DAY = 86_400
const OTHERS = delegateCode(SIGNERS.bureau.publicKey)

/** All cases of this kind; `trust` is that of the pack `asking`. */
export async function delegationCases(trust: Trust): Promise<readonly AskingCase[]> {
  return [
    ...(await byThemselves()),
    ...(await answered()),
    ...(await delegates(trust)),
    ...(await receipts(trust)),
  ]
}

/** Delegations as a delegate receives them. */
async function byThemselves(): Promise<readonly AskingCase[]> {
  const [business] = await heldChoices()
  const of = (name: string, why: string, bytes: Uint8Array, judged: Judged): AskingCase =>
    caseOf('delegation', { name, why, hex: toHex(bytes), now: NOW + 30, ...judged })
  const forged = (changes: { readonly expiresAt?: number; readonly issuedAt?: number }) =>
    presentSdCwt({
      ...business,
      mode: 'delegate',
      audience: delegateCode(DELEGATE.publicKey),
      matter: MATTER,
      issuedAt: NOW,
      ...changes,
    })
  const delegation = await delegated(business)
  const absent = { want: WANTS[0], index: INDEX.valid, holder: SIGNERS.holder }
  return [
    of('delegation-valid', 'by itself', delegation, amber('presentation/delegation')),
    of(
      'delegation-stale',
      'four days on, with the same data',
      delegation,
      amber('trust/stale', { now: NOW + 4 * DAY }),
    ),
    of(
      'delegation-expired',
      'after its last day',
      await delegated(business, { now: NOW - 3 * DAY, endDay: '2026-11-30' }),
      red('delegation/expired'),
    ),
    of('delegation-no-end', 'without an end', await forged({}), red('delegation/too-long')),
    of(
      'delegation-too-long',
      'for 92 days',
      await forged({ expiresAt: NOW + 92 * DAY }),
      red('delegation/too-long'),
    ),
    of(
      'delegation-outlives-credential',
      'longer than its credential',
      await forged({ issuedAt: NOW + 300 * DAY, expiresAt: NOW + 360 * DAY }),
      red('delegation/too-long'),
    ),
    of(
      'delegation-from-future',
      'made tomorrow',
      await forged({ issuedAt: NOW + DAY, expiresAt: NOW + 2 * DAY }),
      grey('clock/differs'),
    ),
    of(
      'delegation-revoked',
      'the entry of its copy reads revoked',
      await delegated((await heldChoices({ index: INDEX.revoked }))[0]),
      red('delegation/revoked'),
    ),
    of(
      'delegation-no-status',
      'its status list is not at hand',
      await delegated(
        await hold(businessLicenceOfSample, SIGNERS.market, {
          ...absent,
          uri: 'https://s.onetrip.example/x',
        }),
      ),
      grey('status/unavailable'),
    ),
    of(
      'delegation-no-matter',
      'for no matter',
      await resigned(delegation, { claims: [[CLAIM.matter, undefined]], signer: SIGNERS.holder }),
      red('key-binding/format'),
    ),
    of(
      'delegation-chained',
      'around another delegation',
      await wrapped(delegation),
      red('delegation/chained'),
    ),
  ]
}

/** What is answered with delegations. */
async function answered(): Promise<readonly AskingCase[]> {
  const asked = await sampleRequest(NOW)
  const request = parseRequest(asked)
  const of = answerCase(toHex(asked))
  const [business, identity] = await heldChoices()
  const [first, second] = await bothDelegated()
  if (first === undefined || second === undefined) throw new TypeError('two delegations')
  const answer = await delegatesAnswer()
  const withParts = (...parts: readonly NamedAnswerPart[]) =>
    resigned(answer, {
      claims: [[CLAIM.delegated, parts.map((part) => [part.material, part.presentation])]],
      signer: DELEGATE,
    })
  const other = async (changes: Parameters<typeof delegated>[1]) =>
    withParts(first, { ...second, presentation: await delegated(identity, changes) })
  const [revoked] = await bothDelegated({ index: INDEX.revoked })
  if (revoked === undefined) throw new TypeError('a delegation')
  const { material } = second
  return [
    of('delegated-valid', 'two licences of one holder, by their delegate', answer, valid),
    of(
      'delegated-missing',
      'one of two that are required',
      await withParts(first),
      amber('answer/missing'),
    ),
    of(
      'delegated-other-delegate',
      'one delegation was given to another delegate',
      await other({ delegate: OTHERS }),
      red('delegation/delegate'),
    ),
    of(
      'delegated-other-matter',
      'one delegation is for another matter',
      await other({ matter: 'enrolment-proof' }),
      red('delegation/matter'),
    ),
    of(
      'delegated-expired',
      'one delegation ended yesterday',
      await other({ now: NOW - 3 * DAY, endDay: '2026-11-30' }),
      red('delegation/expired'),
    ),
    of(
      'delegated-revoked',
      'one delegation was taken back',
      await withParts(revoked, second),
      red('delegation/revoked'),
    ),
    of(
      'delegated-chained',
      'a delegate’s answer in a delegate’s answer',
      await withParts(first, { material, presentation: answer }),
      red('delegation/chained'),
    ),
    of(
      'delegated-chained-delegation',
      'a delegation that the delegate passed on',
      await withParts(first, { material, presentation: await wrapped(second.presentation) }),
      red('delegation/chained'),
    ),
    of(
      'delegated-requested',
      'a presentation in place of a delegation',
      await withParts(first, {
        material,
        presentation: await presentRequested({
          ...identity,
          audience: request.office,
          nonce: request.digest,
          now: NOW + 20,
        }),
      }),
      red('presentation/mode'),
    ),
    of(
      'delegated-twice',
      'one delegation as two materials',
      await withParts(first, { material, presentation: first.presentation }),
      red('presentation/replayed'),
    ),
    of(
      'delegated-bare',
      'a delegation in place of an answer',
      first.presentation,
      red('presentation/mode'),
    ),
    of(
      'delegated-unasked-claim',
      'a delegation with a claim that the request does not ask',
      await withParts(first, {
        material,
        presentation: await delegated({ ...identity, disclose: ['name', 'idNumber', 'address'] }),
      }),
      amber('answer/unasked'),
    ),
    of(
      'delegated-format',
      'with a claim more',
      await resigned(answer, { claims: [[CLAIM.purpose, '代办']], signer: DELEGATE }),
      red('answer/format'),
    ),
    of(
      'delegated-plain-type',
      'as a key binding token, whose further claims nobody reads',
      await resigned(answer, { header: [[16, TYP.kbCwt]], signer: DELEGATE }),
      amber('answer/missing'),
    ),
    of(
      'delegated-by-holder',
      'the holder’s own answer says nothing of delegates',
      await answerRequest({ request, choices: [business, identity], now: NOW + 20 }),
      valid,
    ),
  ]
}

/** Who answers. */
async function delegates(trust: Trust): Promise<readonly AskingCase[]> {
  const asked = await sampleRequest(NOW)
  const request = parseRequest(asked)
  const of = answerCase(toHex(asked))
  const answer = await delegatesAnswer()
  const seen = await verifyAnswer(answer, { request, trust, now: NOW + 30, office: CENTRE })
  const business = await hold(businessLicenceOfSample, SIGNERS.market, {
    want: undefined,
    index: INDEX.valid,
    holder: DELEGATE,
  })
  return [
    of(
      'delegate-unnamed',
      'the delegate’s own licence hides their name',
      await delegatesAnswer({ own: await ownLicence({ disclose: ['adult'] }) }),
      grey('delegation/unnamed'),
    ),
    of(
      'delegate-organisation',
      'the delegate’s own licence is a business’s',
      await delegatesAnswer({ own: business }),
      grey('delegation/unnamed'),
    ),
    of(
      'delegate-revoked',
      'the delegate’s own licence was revoked',
      await delegatesAnswer({ own: await ownLicence({ index: INDEX.revoked }) }),
      red('status/revoked'),
    ),
    of(
      'delegate-other-key',
      'signed by another key than that of the delegate’s own licence',
      await resigned(answer, { signer: SIGNERS.bureau }),
      red('key-binding/signature'),
    ),
    of(
      'delegate-other-office',
      'at another office',
      answer,
      red('key-binding/audience', { more: { office: BUREAU } }),
    ),
    of(
      'delegate-other-request',
      'to another request of the same office',
      await delegatesAnswer({ request: { ...request, digest: new Uint8Array(32) } }),
      red('key-binding/nonce'),
    ),
    of(
      'delegate-replayed',
      'a second time',
      answer,
      red('presentation/replayed', { more: { seen: seen.presentationIds } }),
    ),
    of(
      'delegate-again',
      'the same delegations to another request, once their first answer was seen',
      await delegatesAnswer({ now: NOW + 25 }),
      { ...valid, more: { seen: seen.presentationIds } },
    ),
  ]
}

async function receipts(trust: Trust): Promise<readonly AskingCase[]> {
  const asked = await sampleRequest(NOW)
  const request = parseRequest(asked)
  const answer = await delegatesAnswer()
  const [first] = await bothDelegated()
  if (first === undefined) throw new TypeError('a delegation')
  const [business] = await heldChoices()
  const others = await resigned(answer, {
    claims: [
      [CLAIM.delegated, [[first.material, await delegated(business, { delegate: OTHERS })]]],
    ],
    signer: DELEGATE,
  })
  const of = async (
    name: string,
    why: string,
    given: Uint8Array,
    judged: Judged,
  ): Promise<AskingCase> => {
    const shown = shownInAnswer(given, { request, trust })
    const receipt = await sampleReceipt(given, { request, shown, now: NOW + 40 })
    const more = { request: toHex(asked), answer: toHex(given) }
    return caseOf('receipt', { name, why, hex: toHex(receipt), now: NOW + 60, ...judged, more })
  }
  return [
    await of('receipt-delegated', 'for a delegate’s answer', answer, valid),
    await of(
      'receipt-other-delegate',
      'for an answer whose holder let another answer',
      others,
      red('delegation/delegate'),
    ),
  ]
}

function answerCase(request: string) {
  return (name: string, why: string, bytes: Uint8Array, judged: Judged): AskingCase =>
    caseOf('answer', {
      name,
      why,
      hex: toHex(bytes),
      now: NOW + 30,
      ...judged,
      more: { request, office: CENTRE, ...judged.more },
    })
}

/** A delegation of the delegate's, around what was delegated to them. */
async function wrapped(delegation: Uint8Array): Promise<Uint8Array> {
  const [choice]: readonly AnswerChoice[] = await heldChoices({ holder: DELEGATE })
  if (choice === undefined) throw new TypeError('a licence')
  return withInner(await delegated(choice, { delegate: OTHERS }), delegation, DELEGATE)
}

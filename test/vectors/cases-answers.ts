/** Cases about answers to a counter's own request (ARCHITECTURE §3). */
import { toHex } from '@onetrip/codec'
import {
  type AnswerChoice,
  answerRequest,
  encodeAnswer,
  type OfficeRequest,
  parseRequest,
  presentLive,
  presentRequested,
} from '@onetrip/credential'
import {
  BUREAU,
  CENTRE,
  heldChoices,
  INDEX,
  NOW,
  SIGNERS,
  sampleRequest,
  TWINS,
  WANTS,
} from '../../packages/verifier/samples/asking-world.ts'
import { type AskingCase, amber, caseOf, grey, type Judged, red, valid } from './asking-case.ts'

/** All cases of this kind. */
export async function answerCases(): Promise<readonly AskingCase[]> {
  const request = parseRequest(await sampleRequest(NOW))
  const choices = await heldChoices()
  const [business, identity] = choices
  const answer = await answerRequest({ request, choices, now: NOW + 20 })
  const one = await answerRequest({ request, choices: [identity], now: NOW + 20 })
  const part = (choice: AnswerChoice, changes: PartChanges = {}) => partOf(request, choice, changes)
  const made = async (...parts: readonly ReturnType<typeof partOf>[]) =>
    encodeAnswer(await Promise.all(parts))
  const hex = toHex(await sampleRequest(NOW))
  const of = (name: string, why: string, bytes: Uint8Array, judged: Judged): AskingCase =>
    caseOf('answer', {
      name,
      why,
      hex: toHex(bytes),
      now: NOW + 30,
      ...judged,
      more: { request: hex, office: CENTRE, ...judged.more },
    })
  const revoked = await heldChoices({ index: INDEX.revoked })
  const stranger = { ...identity, signer: SIGNERS.stranger }
  const other = { ...request, digest: new Uint8Array(32) }
  const live = await presentLive({ ...identity, now: NOW + 20 })
  const optional = await sampleRequest(NOW, {
    wants: WANTS.map((want, at) => ({ ...want, required: at === 1 })),
  })
  return [
    of('answer-valid', 'two licences, one consent', answer, valid),
    of(
      'answer-one',
      'one licence, and the other is not required',
      await answerRequest({
        request: parseRequest(optional),
        choices: [identity],
        now: NOW + 20,
      }),
      { ...valid, more: { request: toHex(optional) } },
    ),
    of('answer-missing', 'one licence of two that are required', one, amber('answer/missing')),
    of(
      'answer-missing-claim',
      'a claim that was asked stays hidden',
      await made(part(business), part({ ...identity, disclose: ['name'] })),
      amber('answer/missing'),
    ),
    of(
      'answer-unasked-claim',
      'a claim beyond the request',
      await made(part(business), part({ ...identity, disclose: ['name', 'idNumber', 'address'] })),
      amber('answer/unasked'),
    ),
    of(
      'answer-unasked-licence',
      'a licence as a material that was not asked',
      await made(
        part(business),
        part(identity),
        part(identity, { material: 'owner', now: NOW + 21 }),
      ),
      amber('answer/unasked'),
    ),
    of(
      'answer-unasked-forged',
      'what was not asked has to be genuine too',
      await made(part(business), part(identity), part(stranger, { material: 'owner' })),
      red('key-binding/signature'),
    ),
    of(
      'answer-format',
      'an array of another version',
      Uint8Array.of(0x81, 0x02),
      red('answer/format'),
    ),
    of(
      'answer-expired',
      'after the end of the request',
      answer,
      red('request/expired', { now: NOW + 300 }),
    ),
    of(
      'answer-signed-before-the-request',
      'two licences shown by a phone whose clock is 61 s behind the counter’s',
      await answerRequest({ request, choices, now: NOW - 61 }),
      amber('key-binding/issued-at'),
    ),
    of(
      'answer-signed-later',
      'two licences shown by a phone whose clock is ten minutes ahead',
      await answerRequest({ request, choices, now: NOW + 30 + 600 }),
      amber('key-binding/issued-at'),
    ),
    of(
      'answer-other-office',
      'at another office',
      answer,
      red('key-binding/audience', { more: { office: BUREAU } }),
    ),
    of(
      'answer-other-request',
      'to another request of the same office',
      await answerRequest({ request: other, choices, now: NOW + 20 }),
      red('key-binding/nonce'),
    ),
    ...(await Promise.all(
      Object.entries(TWINS).map(async ([part, changes]) =>
        of(
          `answer-other-${part}`,
          `to a request with the same office and nonce and another ${part}`,
          answer,
          red('key-binding/nonce', {
            more: { request: toHex(await sampleRequest(NOW, await changes())) },
          }),
        ),
      ),
    )),
    of(
      'answer-other-wallet',
      'one licence under another wallet’s key',
      await made(part(business), part(stranger)),
      red('key-binding/signature'),
    ),
    of(
      'answer-revoked',
      'two licences that were revoked',
      await answerRequest({ request, choices: revoked, now: NOW + 20 }),
      red('status/revoked'),
    ),
    {
      ...of('answer-live', 'a live code in place of an answer', answer, red('presentation/mode')),
      input: { trust: 'asking', kind: 'answer', request: hex, office: CENTRE, text: live },
    },
    of(
      'answer-twice',
      'one presentation as two materials',
      await made(part(identity, { material: 'business-licence' }), part(identity)),
      red('presentation/replayed'),
    ),
    {
      ...of('answer-too-large', 'more bytes than an answer may have', answer, grey('cbor/limit')),
      input: { trust: 'asking', kind: 'answer', request: hex, hex: toHex(answer), padTo: 32_769 },
    },
  ]
}

type PartChanges = { readonly material?: string; readonly now?: number }

async function partOf(request: OfficeRequest, choice: AnswerChoice, changes: PartChanges) {
  const { material = choice.material, now = NOW + 20 } = changes
  const bound = { audience: request.office, nonce: request.digest, now }
  return { material, presentation: await presentRequested({ ...choice, ...bound }) }
}

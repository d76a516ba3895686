/** A delegate of the holder in the asking world, known by a licence of their own. */
import type { Signer } from '@onetrip/codec'
import {
  type AnswerChoice,
  answerAsDelegate,
  type DelegateAnswerInput,
  type DelegationInput,
  delegateCode,
  makeDelegation,
  type NamedAnswerPart,
} from '@onetrip/credential'
import { identityOfLin } from '@onetrip/fixtures'
import { askedRequest, heldChoices, hold, INDEX, MATTER, NOW, SIGNERS } from './asking-world.ts'

/** The delegate's key. */
export const DELEGATE: Signer = SIGNERS.stranger
/** Last day of the sample delegations, thirty days on. */
export const END_DAY = '2026-12-31'

/** The delegate's own identity, with these members replaced. */
export async function ownLicence(
  changes: { readonly index?: number; readonly disclose?: readonly string[] } = {},
): Promise<DelegateAnswerInput['own']> {
  const { index = INDEX.valid, disclose = ['name'] } = changes
  const held = await hold(identityOfLin, SIGNERS.police, {
    want: undefined,
    index,
    holder: DELEGATE,
  })
  return { ...held, disclose }
}

/** What the holder of a licence gives to the delegate an hour before {@link NOW}, with members replaced. */
export function delegated(
  choice: AnswerChoice,
  changes: Partial<DelegationInput> = {},
): Promise<Uint8Array> {
  return makeDelegation({
    ...choice,
    delegate: delegateCode(DELEGATE.publicKey),
    matter: MATTER,
    endDay: END_DAY,
    now: NOW - 3600,
    ...changes,
  })
}

/** Delegations of both licences, as they answer the sample request. */
export async function bothDelegated(
  changes: Parameters<typeof heldChoices>[0] = {},
): Promise<readonly NamedAnswerPart[]> {
  const choices = await heldChoices(changes)
  return Promise.all(
    choices.map(async (choice) => ({
      material: choice.material,
      presentation: await delegated(choice),
    })),
  )
}

/** The delegate's answer to the sample request, with members replaced. */
export async function delegatesAnswer(
  changes: Partial<DelegateAnswerInput> = {},
): Promise<Uint8Array> {
  return answerAsDelegate({
    request: await askedRequest(),
    own: await ownLicence(),
    delegations: changes.delegations ?? (await bothDelegated()),
    now: NOW + 20,
    ...changes,
  })
}

/** The decision is drafted: a licence by its type's claims, filled in from the form, or the words of a notice; the server tries it before it stands. */

import { TextField } from '@onetrip/ui'
import type { ComponentChildren, VNode } from 'preact'
import { useState } from 'preact/hooks'
import { ActButton } from '../act-button.tsx'
import { addYears, todayHere } from '../calendar-days.ts'
import type { CaseFile, CasePart, PartResult } from '../case-file.ts'
import { ClaimField, isTyped, typedClaims } from '../claim-field.tsx'
import { useDraft } from '../draft.ts'
import { TYPE } from '../licence-data.ts'
import { Part, useLoaded } from '../load-part.tsx'
import { act } from '../session.ts'
import { ANYTHING } from '../staff-data.ts'
import { TextArea } from '../text-area.tsx'
import { tp } from '../words-cases.ts'

const MAX_WORDS = 2000
const MAX_SERIAL = 32
/** No claim is called so. */
const SERIAL = '#serial'

interface DraftProps {
  readonly file: CaseFile
  readonly part: CasePart
  readonly onDone: () => void
}

/** The button with what it asks for, by what the part ends in. */
export function DraftStep(props: DraftProps): VNode | null {
  const { result } = props.part
  if (result.kind === 'licence') return <LicenceDraft {...props} result={result} />
  if (result.kind === 'notice') return <NoticeDraft {...props} />
  return null
}

function NoticeDraft(props: DraftProps): VNode {
  const { file, part } = props
  const [words, setWords] = useDraft(`case-${file.id}-${part.code}-words`)
  const text = words === '' ? (part.draft?.words ?? '') : words
  return (
    <Draft
      {...props}
      draft={{ words: text.trim() }}
      isReady={text.trim() !== ''}
      forget={() => setWords('')}
    >
      <TextArea
        label={tp('draft.words')}
        value={text}
        maxLength={MAX_WORDS}
        onInput={setWords}
        testId="draft-words"
      />
    </Draft>
  )
}

function LicenceDraft(
  props: DraftProps & { readonly result: Extract<PartResult, { readonly kind: 'licence' }> },
): VNode {
  const { file, part, result } = props
  const type = useLoaded(`/types/${result.type}/${result.typeVersion}`, TYPE)
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const before = part.draft?.claims ?? {}
  const claimText = (name: string): string =>
    typed[name] ?? String(before[name] ?? file.form[name] ?? '')
  const from = typed['validFrom'] ?? part.draft?.validFrom ?? todayHere()
  const ends = result.years === undefined ? '' : addYears(from, result.years)
  const to = typed['validTo'] ?? part.draft?.validTo ?? ends
  const serial = (typed[SERIAL] ?? part.draft?.serial ?? '').trim().toUpperCase()
  const set = (name: string) => (value: string) => setTyped({ ...typed, [name]: value })
  const definition = type.answer?.kind === 'done' ? type.answer.value : undefined
  return (
    <Draft
      {...props}
      draft={{
        ...(serial === '' ? {} : { serial }),
        validFrom: from,
        ...(to === '' ? {} : { validTo: to }),
        claims: typedClaims(definition, claimText),
      }}
      isReady={definition !== undefined}
      forget={() => setTyped({})}
    >
      <TextField
        label={tp('draft.serial')}
        hint={tp('draft.serial-hint')}
        name="serial"
        value={typed[SERIAL] ?? part.draft?.serial ?? ''}
        maxLength={MAX_SERIAL}
        onInput={set(SERIAL)}
        testId="draft-serial"
      />
      <TextField
        label={tp('draft.from')}
        name="validFrom"
        type="date"
        value={from}
        onInput={set('validFrom')}
        testId="draft-from"
      />
      <TextField
        label={tp('draft.to')}
        name="validTo"
        type="date"
        value={to}
        onInput={set('validTo')}
        testId="draft-to"
      />
      <Part of={type}>
        {({ claims }) =>
          claims
            .filter(isTyped)
            .map((claim) => (
              <ClaimField
                key={claim.name}
                claim={claim}
                value={claimText(claim.name)}
                onChange={set(claim.name)}
              />
            ))
        }
      </Part>
    </Draft>
  )
}

function Draft(
  props: DraftProps & {
    readonly draft: object
    readonly isReady: boolean
    readonly forget: () => void
    readonly children: ComponentChildren
  },
): VNode {
  const { file, part, draft, onDone, forget } = props
  return (
    <ActButton
      kind={part.state === 'granted' ? 'primary' : 'secondary'}
      title={tp('draft.title')}
      body={
        <>
          <p>{tp('draft.text')}</p>
          {props.children}
        </>
      }
      go={tp('draft.go')}
      isReady={props.isReady}
      act={() =>
        act(`/api/cases/${file.id}/parts/${part.code}/draft`, {
          answer: ANYTHING,
          body: { version: part.version, draft },
        })
      }
      onDone={() => {
        forget()
        onDone()
      }}
      reload={onDone}
      testId="step-draft"
    >
      {tp(part.state === 'granted' ? 'draft.open' : 'draft.again')}
    </ActButton>
  )
}

/** A case that can be written in: materials, the one form, and handing it in or giving parts back. */
import { Button, Data, localised, Notice, withNodes } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { lockRecord } from '../wallet-state.ts'
import { wc } from '../words-cases.ts'
import type { Texts } from './case-api.ts'
import type { MyCase } from './case-data.ts'
import { CaseForm } from './case-form.tsx'
import { CaseMaterials } from './case-materials.tsx'
import { keepValues, readValues } from './draft-store.ts'
import type { OpenedCase } from './opened-case.ts'
import { countIn } from './read-answer.ts'

/** Properties of {@link CaseEditing}. */
export interface CaseEditingProps {
  readonly known: MyCase
  readonly of: OpenedCase
}

/** The parts of the page. */
export function CaseEditing({ known, of }: CaseEditingProps): VNode {
  const { id, version, actions } = known
  const [typed, setTyped] = useState<Texts>({})
  useEffect(() => {
    void readValues(id).then((kept) => setTyped((now) => ({ ...kept, ...now })))
  }, [id])
  const keep = (values: Texts): void => {
    setTyped(values)
    if (lockRecord.value === undefined) void keepValues(id, values)
  }
  // What was typed before a department decided by it is not saved any more.
  const fixed = known.fields.filter(({ fixedBy }) => fixedBy.length > 0).map(({ name }) => name)
  const open = Object.fromEntries(Object.entries(typed).filter(([name]) => !fixed.includes(name)))
  /** Saves what was typed, and gives the version that it leads to. */
  const saved = async (): Promise<number> => {
    if (Object.keys(open).length === 0) return version
    const answer = await of.change('form', { version, values: open })
    setTyped({})
    await keepValues(id, {})
    return countIn(answer['version'])
  }
  const submit = (): Promise<boolean> =>
    of.act(async () => of.change('submit', { version: await saved() }))
  return (
    <>
      <Returned known={known} />
      <CaseMaterials known={known} of={of} saved={saved} />
      <CaseForm
        fields={known.fields}
        parts={known.parts}
        values={{ ...known.form, ...open }}
        isTyped={Object.keys(open).length > 0}
        busy={of.work.busy}
        onInput={(name, value) => keep({ ...typed, [name]: value })}
        onSave={() =>
          void of.act(async () => {
            await saved()
            return wc('form.saved')
          })
        }
      />
      {actions.includes('submit') ? (
        <section class="no-print">
          <p class="hint">{wc('submit.intro')}</p>
          <div class="actions">
            <Button
              kind="primary"
              busy={of.work.busy}
              onPress={() => void submit()}
              testId="submit-case"
            >
              {wc('submit')}
            </Button>
          </div>
        </section>
      ) : null}
      <Corrections known={known} of={of} saved={saved} />
    </>
  )
}

/** Why the window gave it back. */
function Returned({ known }: { readonly known: MyCase }): VNode | null {
  const { state, steps } = known
  const last = steps.findLast(({ part, action }) => part === '' && action === 'return')
  if (state !== 'returned' || last?.reason === undefined) return null
  return (
    <Notice tone="caution" testId="returned">
      {withNodes(wc('returned.text'), { reason: <Data>{last.reason}</Data> })}
    </Notice>
  )
}

interface CorrectionsProps extends CaseEditingProps {
  readonly saved: () => Promise<number>
}

/** Parts that a department gave back, each with its reason. */
function Corrections({ known, of, saved }: CorrectionsProps): VNode | null {
  const returned = known.parts.filter(({ actions }) => actions.includes('correct'))
  if (returned.length === 0) return null
  return (
    <section class="no-print">
      {returned.map((part) => {
        const step = known.steps.findLast((one) => one.part === part.code && one.to === 'returned')
        return (
          <Notice
            key={part.code}
            tone="caution"
            testId={`correct-${part.code}`}
            action={
              <Button
                kind="primary"
                busy={of.work.busy}
                onPress={() =>
                  void of.act(async () => {
                    await saved()
                    await of.change(`parts/${part.code}/correct`, { version: part.version })
                  })
                }
                testId="correct-part"
              >
                {wc('correct')}
              </Button>
            }
          >
            {withNodes(wc('correct.text'), {
              name: localised(part.name),
              reason: <Data>{step?.reason ?? ''}</Data>,
            })}
          </Notice>
        )
      })}
    </section>
  )
}

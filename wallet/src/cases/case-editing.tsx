/** A case that can be written in: materials, the one form, and handing it in or giving parts back. */
import { Button, Data, localised, Notice, withNodes } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { lockRecord } from '../wallet-state.ts'
import { wc } from '../words-cases.ts'
import type { Texts } from './case-api.ts'
import type { MyCase } from './case-data.ts'
import { CaseForm } from './case-form.tsx'
import { CaseMaterials } from './case-materials.tsx'
import { keepValues, readValues } from './draft-store.ts'
import { hasMissing, missingIn, missingWords } from './missing-in.ts'
import type { OpenedCase } from './opened-case.ts'
import { countIn } from './read-answer.ts'

/** Properties of {@link CaseEditing}. */
export interface CaseEditingProps {
  readonly known: MyCase
  readonly of: OpenedCase
}

/** The parts of the page. */
export function CaseEditing({ known, of }: CaseEditingProps): VNode {
  const { id, actions } = known
  const [typed, setTyped] = useState<Texts>({})
  // What waits for another change saves what stands there when its turn comes.
  const latest = useRef(typed)
  const hold = (values: Texts): void => {
    latest.current = values
    setTyped(values)
  }
  useEffect(() => {
    void readValues(id).then((kept) => hold({ ...kept, ...latest.current }))
  }, [id])
  const keep = async (values: Texts): Promise<void> => {
    hold(values)
    if (lockRecord.value === undefined) await keepValues(id, values)
  }
  // What was typed before a department decided by it is not saved any more.
  const open = openOf(known, typed)
  /** Saves what was typed, and gives the version that it leads to. */
  const saved = async (): Promise<number> => {
    const now = of.latest()
    const { version } = now
    const values = openOf(now, latest.current)
    if (Object.keys(values).length === 0) return version
    const answer = await of.change('form', { version, values })
    // What was typed meanwhile was not saved.
    const left = Object.entries(latest.current).filter(([name, text]) => values[name] !== text)
    hold(openOf(now, Object.fromEntries(left)))
    await keepValues(id, lockRecord.value === undefined ? latest.current : {})
    return countIn(answer['version'])
  }
  const values = { ...known.form, ...open }
  const [attempts, setAttempts] = useState(0)
  const missing = missingIn(known, values)
  const submit = (): void => {
    if (hasMissing(missing)) setAttempts(attempts + 1)
    else void of.act(async () => of.change('submit', { version: await saved() }))
  }
  return (
    <>
      <Returned known={known} />
      <CaseMaterials known={known} of={of} saved={saved} />
      <CaseForm
        fields={known.fields}
        parts={known.parts}
        values={values}
        isTyped={Object.keys(open).length > 0}
        attempts={attempts}
        busy={of.work.busy}
        onInput={(name, value) => void keep({ ...latest.current, [name]: value })}
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
          {attempts > 0 && hasMissing(missing) ? (
            <Notice tone="bad" live="alert" testId="submit-missing">
              {missingWords(missing)}
            </Notice>
          ) : null}
          <div class="actions">
            <Button kind="primary" busy={of.work.busy} onPress={submit} testId="submit-case">
              {wc('submit')}
            </Button>
          </div>
        </section>
      ) : null}
      <Corrections known={known} of={of} saved={saved} />
    </>
  )
}

/** What was typed, without what a part was decided by. */
function openOf({ fields }: MyCase, typed: Texts): Texts {
  const fixed = fields.filter(({ fixedBy }) => fixedBy.length > 0).map(({ name }) => name)
  return Object.fromEntries(Object.entries(typed).filter(([name]) => !fixed.includes(name)))
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
                    const { version } =
                      of.latest().parts.find(({ code }) => code === part.code) ?? part
                    await of.change(`parts/${part.code}/correct`, { version })
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

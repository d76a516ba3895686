/** The ways of one material: a licence of the shared register, a file, a promise read out word for word, or later by a day (容缺). */

import { FileButton, type Line, localised, oneAfterOther, SelectField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { ActButton } from '../act-button.tsx'
import { CHANGED, READ_REGISTERED } from '../case-data.ts'
import type { CaseFile, CaseMaterial } from '../case-file.ts'
import { Part, useLoaded } from '../load-part.tsx'
import type { Answer } from '../request.ts'
import { act } from '../session.ts'
import { Refusal, useAct } from '../use-act.tsx'
import { ti } from '../words-intake.ts'

/** One case is on the page at a time, and its files go up one after the other. */
const inLine: Line = oneAfterOther()
const ACCEPTED = 'application/pdf,image/jpeg,image/png'

interface WayProps {
  readonly file: CaseFile
  readonly material: CaseMaterial
  /** Reads the case again; settled once it is shown. */
  readonly onDone: () => Promise<void>
}

/** What can be done for the material. */
export function MaterialWays(props: WayProps): VNode {
  const { material } = props
  const { sources, deferDays, promise } = material
  return (
    <div class="actions no-print">
      {sources.includes('register') ? <FromRegister {...props} /> : null}
      {sources.includes('upload') ? <Upload {...props} /> : null}
      {sources.includes('promise') && promise !== null ? <Promised {...props} /> : null}
      {deferDays === null || material.way !== null ? null : <Later {...props} />}
    </div>
  )
}

function pathOf({ file, material }: WayProps): string {
  return `/api/cases/${file.id}/materials/${material.code}`
}

function FromRegister(props: WayProps): VNode {
  const { file, material, onDone } = props
  const [licence, setLicence] = useState('')
  return (
    <ActButton
      label={`${ti('register')} ${localised(material.name)}`}
      title={localised(material.name)}
      body={
        <>
          <p>{ti('register.text')}</p>
          <Registered {...props} value={licence} onChange={setLicence} />
        </>
      }
      go={ti('register.go')}
      isReady={licence !== ''}
      act={() =>
        act(pathOf(props), {
          answer: CHANGED,
          body: { version: file.version, way: 'register', licence },
        })
      }
      onDone={onDone}
      reload={() => void onDone()}
      testId={`register-${material.code}`}
    >
      {ti('register')}
    </ActButton>
  )
}

function Registered(
  props: WayProps & { readonly value: string; readonly onChange: (licence: string) => void },
): VNode {
  const found = useLoaded(`${pathOf(props)}/registered`, READ_REGISTERED)
  return (
    <Part of={found}>
      {({ licences }) =>
        licences.length === 0 ? (
          <p class="hint">{ti('register.none')}</p>
        ) : (
          <SelectField
            label={ti('register.choose')}
            name="licence"
            value={props.value}
            choices={[
              { value: '', text: ti('choose') },
              ...licences.map(({ id, typeName, serial }) => ({
                value: id,
                text: `${localised(typeName)} ${serial}`,
              })),
            ]}
            onChange={props.onChange}
            testId="registered"
          />
        )
      }
    </Part>
  )
}

function Upload(props: WayProps): VNode {
  const { material } = props
  // A file that had to wait goes by the version that the one before it led to.
  const latest = useRef(props)
  latest.current = props
  const sending = useAct(() => void latest.current.onDone())
  const send = (chosen: File): Promise<Answer<unknown>> =>
    inLine(async () => {
      const { file, onDone } = latest.current
      const path = `${pathOf(latest.current)}/file?version=${file.version}`
      const answer = await act(path, { answer: CHANGED, body: chosen })
      if (answer.kind === 'done') await onDone()
      return answer
    })
  return (
    <>
      <FileButton
        accept={ACCEPTED}
        testId={`upload-${material.code}`}
        onFiles={([chosen]) =>
          sending.run(
            () => send(chosen),
            () => undefined,
          )
        }
      >
        {ti(sending.isBusy ? 'upload.busy' : 'upload')}
        <span class="visually-hidden"> {localised(material.name)}</span>
      </FileButton>
      <Refusal of={sending} />
    </>
  )
}

function Promised(props: WayProps): VNode {
  const { file, material, onDone } = props
  const text = material.promise?.['zh-CN'] ?? ''
  return (
    <ActButton
      label={`${ti('promise')} ${localised(material.name)}`}
      title={ti('promise.title')}
      body={
        <>
          <p>{ti('promise.text')}</p>
          <blockquote class="decision-text" lang="zh-CN" translate={false}>
            {text}
          </blockquote>
          {material.promise === null ? null : <p class="hint">{localised(material.promise)}</p>}
        </>
      }
      go={ti('promise.go')}
      act={() =>
        act(pathOf(props), {
          answer: CHANGED,
          body: { version: file.version, way: 'promise', text },
        })
      }
      onDone={onDone}
      reload={() => void onDone()}
      testId={`promise-${material.code}`}
    >
      {ti('promise')}
    </ActButton>
  )
}

function Later(props: WayProps): VNode {
  const { file, material, onDone } = props
  return (
    <ActButton
      kind="quiet"
      label={`${ti('later')} ${localised(material.name)}`}
      title={ti('later.title')}
      body={<p>{ti('later.text', { count: material.deferDays ?? 0 })}</p>}
      go={ti('later')}
      act={() =>
        act(pathOf(props), { answer: CHANGED, body: { version: file.version, way: 'deferred' } })
      }
      onDone={onDone}
      reload={() => void onDone()}
      testId={`later-${material.code}`}
    >
      {ti('later')}
    </ActButton>
  )
}

/** The materials of a case, each by what it is there; files can be looked at and taken out. */

import { Button, Data, localised, saveFile } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { CaseMaterial } from '../case-file.ts'
import { ClaimsFlow, type ClaimsFlowProps } from '../claims-flow.tsx'
import { faultWords } from '../error-words.ts'
import { TYPE } from '../licence-data.ts'
import { useLoaded } from '../load-part.tsx'
import { isMadeFromForm, materialWords } from '../material-words.ts'
import { fetchFile } from '../session.ts'
import { StateWord } from '../state-word.tsx'
import { isMaterialOpen } from '../window-open.ts'
import { tp } from '../words-cases.ts'
import type { CaseProps } from './case.tsx'
import { MaterialWays } from './material-ways.tsx'

/** The list of them. */
export function CaseMaterials(props: CaseProps): VNode {
  const { file } = props
  return (
    <section class="panel stack" data-testid="materials">
      <h2>{tp('materials')}</h2>
      <ul class="materials">
        {file.materials.map((material) => (
          <li key={material.code} class="material" data-testid={`material-${material.code}`}>
            <p>
              <strong>
                <Data>{localised(material.name)}</Data>
              </strong>{' '}
              <MaterialState material={material} />
            </p>
            <Evidence caseId={file.id} material={material} />
            {isMaterialOpen(props, material) ? (
              <MaterialWays {...props} material={material} />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** By what a material is there, as a word with a dot. */
export function MaterialState({ material }: { readonly material: CaseMaterial }): VNode {
  const { way, reminder } = material
  const late = reminder === 'late' ? 'bad' : 'waiting'
  const missing = isMadeFromForm(material) ? 'good' : 'over'
  const tone = way === null ? missing : way === 'deferred' ? late : 'good'
  return <StateWord tone={tone}>{materialWords(material)}</StateWord>
}

/** What was shown, promised or laid in. */
export function Evidence(props: {
  readonly caseId: string
  readonly material: CaseMaterial
}): VNode | null {
  const { way, evidence } = props.material
  if (evidence === undefined) return null
  if (way === 'promise' && evidence.text !== undefined) {
    return (
      <blockquote class="hint" lang="zh-CN">
        {evidence.text}
      </blockquote>
    )
  }
  if (evidence.claims !== undefined) {
    const { serial, claims, type, typeVersion = 1 } = evidence
    if (type === undefined) return <ClaimsFlow serial={serial} claims={claims} />
    return <TypedClaims serial={serial} claims={claims} type={type} version={typeVersion} />
  }
  const { upload } = evidence
  if (upload === undefined) return null
  const name = localised(props.material.name)
  return <Upload caseId={props.caseId} id={upload} name={name} evidence={evidence} />
}

/** Under the names that its type gives them. */
function TypedClaims(
  props: ClaimsFlowProps & { readonly type: string; readonly version: number },
): VNode {
  const { answer } = useLoaded(`/types/${encodeURIComponent(props.type)}/${props.version}`, TYPE)
  return <ClaimsFlow {...props} definition={answer?.kind === 'done' ? answer.value : undefined} />
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
}

function Upload(props: {
  readonly caseId: string
  readonly id: string
  readonly name: string
  readonly evidence: {
    readonly mediaType?: string | undefined
    readonly length?: number | undefined
  }
}): VNode {
  const { caseId, id, name, evidence } = props
  const [address, setAddress] = useState<string>()
  const [refused, setRefused] = useState<string>()
  useEffect(
    () => () => {
      if (address !== undefined) URL.revokeObjectURL(address)
    },
    [address],
  )
  const { mediaType = '', length = 0 } = evidence
  const open = (then: (file: Blob) => void): void => {
    setRefused(undefined)
    void fetchFile(`/api/cases/${caseId}/uploads/${id}`).then((answer) => {
      if (answer.kind === 'done') then(answer.value)
      else setRefused(answer.code)
    })
  }
  const save = (file: Blob): void => {
    const fileName = `${name}.${EXTENSIONS[mediaType] ?? 'bin'}`
    void file.bytes().then((content) => saveFile({ name: fileName, content, mediaType }))
  }
  return (
    <div class="stack">
      <p class="actions no-print">
        {mediaType.startsWith('image/') ? (
          <Button
            onPress={() => open((file) => setAddress(URL.createObjectURL(file)))}
            label={`${tp('file.preview')} ${name}`}
            testId="preview"
          >
            {tp('file.preview')}
          </Button>
        ) : null}
        <Button
          kind="quiet"
          onPress={() => open(save)}
          label={`${tp('file.download', { size: sizeWords(length) })} ${name}`}
          testId="download"
        >
          {tp('file.download', { size: sizeWords(length) })}
        </Button>
      </p>
      {refused === undefined ? null : <p class="field-error">{faultWords(refused)}</p>}
      {address === undefined ? null : (
        <img class="preview" src={address} alt={tp('file.picture')} />
      )}
    </div>
  )
}

function sizeWords(bytes: number): string {
  return bytes < 1_048_576
    ? `${Math.max(1, Math.round(bytes / 1024))} KiB`
    : `${(bytes / 1_048_576).toFixed(1)} MiB`
}

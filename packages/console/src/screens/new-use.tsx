/** Asking for a seal: which, for what, on which file, and where on its page. The file stays here; its digest is asked for. */

import { Button, Data, EmptyScreen, FileButton, SelectField, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { useDraft } from '../draft.ts'
import { faultWords } from '../error-words.ts'
import { digestOf } from '../file-digest.ts'
import { placeAddress } from '../places.ts'
import type { SealEntry } from '../seal-data.ts'
import { type SealPlace, SealPlacer } from '../seal-placer.tsx'
import { act, type Me } from '../session.ts'
import { ANYTHING } from '../staff-data.ts'
import { Refusal, useAct } from '../use-act.tsx'
import { tk } from '../words-seals.ts'

const MAX_PURPOSE = 200
const PDF = 'application/pdf'
const ANY_TYPE = 'application/octet-stream'
/** The diameter of most official seals, where a seal does not say its own. */
const USUAL_SIZE = { widthMm: 42, heightMm: 42 } as const

/** The page. */
export default function NewUseScreen(props: {
  readonly me: Me
  readonly seals: readonly SealEntry[]
}): VNode {
  const { me } = props
  const seals = props.seals.filter(({ state }) => state === 'in-use')
  // The seal under which licences are issued is rarely the one for a letter.
  const usual = seals.find(({ licences }) => licences !== true) ?? seals[0]
  const [id, setId] = useState(usual?.id ?? '')
  const [purpose, setPurpose] = useDraft('use-purpose')
  const [file, setFile] = useState<File>()
  const [place, setPlace] = useState<SealPlace>()
  const [key, setKey] = useState('')
  const asking = useAct()
  const seal = seals.find((one) => one.id === id)
  const back = (
    <a class="link-alone" href={placeAddress('seals')}>
      {tk('back')}
    </a>
  )
  if (!me.rights.includes('request-seal')) {
    return <EmptyScreen title={faultWords('auth/forbidden')} action={back} />
  }
  if (seal === undefined) return <EmptyScreen title={tk('seals.none')} action={back} />
  const isPdf = file !== undefined && isPdfFile(file)
  const isReady = file !== undefined && purpose.trim() !== '' && (!isPdf || place !== undefined)
  const ask = (): void => {
    if (file === undefined) return
    asking.run(
      async () =>
        act(`/api/seals/${seal.id}/uses`, {
          answer: ANYTHING,
          idempotencyKey: key,
          body: {
            purpose: purpose.trim(),
            files: [
              {
                sha256: await digestOf(file),
                length: file.size,
                mediaType: isPdf ? PDF : ANY_TYPE,
                name: file.name,
                ...(isPdf && place !== undefined ? { place } : {}),
              },
            ],
          },
        }),
      () => {
        setPurpose('')
        location.hash = placeAddress('seals')
      },
    )
  }
  return (
    <div class="stack" data-testid="new-use-screen">
      {back}
      <h1>{tk('new')}</h1>
      <section class="panel stack">
        <SelectField
          label={tk('name')}
          name="seal"
          value={id}
          choices={seals.map((one) => ({ value: one.id, text: one.name, lang: 'zh-CN' }))}
          onChange={setId}
          testId="use-seal"
        />
        <TextField
          label={tk('purpose')}
          name="purpose"
          hint={tk('purpose.hint')}
          value={purpose}
          maxLength={MAX_PURPOSE}
          onInput={setPurpose}
          testId="use-purpose"
        />
        <FileButton
          accept={`.pdf,${PDF},*/*`}
          onFiles={([chosen]) => {
            setPlace(undefined)
            setFile(chosen)
            setKey(crypto.randomUUID())
          }}
          hint={tk('file.hint')}
          testId="use-file"
        >
          {tk(file === undefined ? 'file.choose' : 'file.again')}
        </FileButton>
        {file === undefined ? null : (
          <p>
            <Data>{file.name}</Data>
            <span class="hint"> · {tk('file.bytes', { bytes: file.size })}</span>
          </p>
        )}
      </section>
      {isPdf ? (
        <section class="panel stack">
          <h2>{tk('place')}</h2>
          <SealPlacer
            key={key}
            file={file}
            size={seal.size ?? USUAL_SIZE}
            place={place}
            onPlace={setPlace}
          />
        </section>
      ) : null}
      <Refusal of={asking} />
      <div class="actions">
        <Button
          kind="primary"
          disabled={!isReady}
          busy={asking.isBusy}
          onPress={ask}
          testId="use-ask"
        >
          {tk('ask')}
        </Button>
      </div>
    </div>
  )
}

function isPdfFile({ name, type }: File): boolean {
  return type === PDF || /\.pdf$/i.test(name)
}

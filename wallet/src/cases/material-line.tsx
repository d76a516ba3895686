/** One material: by what it is there, and the other ways in which it may be. */
import { fault, type JsonObject } from '@onetrip/codec'
import { Button, ConfirmButton, FileButton, localised } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { kioskSeconds } from '../kiosk.ts'
import { settings } from '../wallet-state.ts'
import { wc } from '../words-cases.ts'
import { uploadFile } from './case-api.ts'
import type { Material, MyCase } from './case-data.ts'
import { wayWords } from './case-words.ts'
import type { OpenedCase } from './opened-case.ts'

/** As the server takes them. */
const MAX_UPLOAD_BYTES = 20 * 1024 * 1024
const UPLOAD_TYPES: readonly string[] = ['application/pdf', 'image/jpeg', 'image/png']

/** Properties of {@link MaterialLine}. */
export interface MaterialLineProps {
  readonly known: MyCase
  readonly material: Material
  readonly name: string
  /** Id of a registered licence that proves it. */
  readonly registered: string | undefined
  readonly of: OpenedCase
  readonly saved: () => Promise<number>
}

/** The line. */
export function MaterialLine(props: MaterialLineProps): VNode {
  const { material, name } = props
  const { code, way } = material
  const isThere = way !== undefined && way !== 'deferred'
  const [again, setAgain] = useState(false)
  return (
    <li data-testid={`material-${code}`} data-way={way ?? ''}>
      <div>
        <strong>{name}</strong>
        <p class="hint">{wayWords(material)}</p>
      </div>
      {isThere && !again ? (
        <Button
          kind="quiet"
          label={wc('pair', { what: wc('materials.again'), name })}
          onPress={() => setAgain(true)}
        >
          {wc('materials.again')}
        </Button>
      ) : (
        <Ways {...props} onDone={() => setAgain(false)} />
      )}
    </li>
  )
}

interface WaysProps extends MaterialLineProps {
  readonly onDone: () => void
}

function Ways({ known, material, name, registered, of, saved, onDone }: WaysProps): VNode {
  const { code, sources, promise, deferDays, way } = material
  const [sent, setSent] = useState<number | undefined>(undefined)
  const isDraft = known.state === 'draft' || known.state === 'returned'
  const { busy } = of.work
  const settle = async (body: JsonObject): Promise<void> => {
    const isDone = await of.act(async () => {
      await of.change(`materials/${code}`, { version: await saved(), ...body })
    })
    if (isDone) onDone()
  }
  const upload = async (file: File): Promise<void> => {
    // It may have to wait for another.
    setSent(0)
    const isDone = await of.act(async () => {
      if (!UPLOAD_TYPES.includes(file.type)) throw fault('upload/media-type')
      if (file.size > MAX_UPLOAD_BYTES) throw fault('upload/too-large')
      const { apiOrigin } = settings
      const { bearer } = of.session
      const version = await saved()
      const laid = { id: known.id, material: code, version, file, onProgress: setSent }
      await uploadFile({ apiOrigin, bearer }, laid)
    })
    setSent(undefined)
    if (isDone) onDone()
  }
  if (sent !== undefined) {
    const percent = Math.round(sent * 100)
    return (
      <div role="status">
        <progress aria-label={name} value={sent} max={1} /> {wc('materials.uploading', { percent })}
      </div>
    )
  }
  return (
    <div class="actions">
      {registered !== undefined && isDraft ? (
        <Button
          busy={busy}
          label={wc('pair', { what: wc('materials.register'), name })}
          onPress={() => void settle({ way: 'register', licence: registered })}
          testId="use-register"
        >
          {wc('materials.register')}
        </Button>
      ) : null}
      {sources.includes('promise') && promise !== undefined ? (
        <ConfirmButton
          kind="secondary"
          title={wc('materials.promise-title', { name })}
          text={localised(promise)}
          confirm={wc('materials.promise-yes')}
          onConfirm={() => void settle({ way: 'promise', text: promise['zh-CN'] })}
          testId="promise"
        >
          {wc('materials.promise')}
        </ConfirmButton>
      ) : null}
      {/* A kiosk's own files are nobody's material. */}
      {sources.includes('upload') && kioskSeconds === undefined ? (
        <FileButton
          accept={UPLOAD_TYPES.join(',')}
          onFiles={([file]) => void upload(file)}
          hint={wc('materials.upload-hint')}
          testId={`upload-${code}`}
        >
          {wc('materials.upload')}
        </FileButton>
      ) : null}
      {deferDays !== undefined && way === undefined && isDraft ? (
        <Button
          kind="quiet"
          busy={busy}
          label={wc('pair', { what: wc('materials.later'), name })}
          onPress={() => void settle({ way: 'deferred' })}
          testId="later"
        >
          {wc('materials.later')}
        </Button>
      ) : null}
    </div>
  )
}

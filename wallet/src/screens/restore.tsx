/** Restoring a backup: the file, its recovery code, how far it is, what came of it. */
import { Button, Data, FileButton, Notice, TextField, withNodes } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { BACKUP_SUFFIX, type BackupFile, readBackupFile } from '../backup/backup-file.ts'
import { isRecoveryCode } from '../backup/recovery-code.ts'
import { type Restored, type RestoreProgress, restoreBackup } from '../backup/restore-backup.ts'
import { codeOf, explain } from '../error-words.ts'
import { BackLink } from '../parts/back-link.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { hrefOf } from '../routes.ts'
import { goTo, phase } from '../wallet-state.ts'
import { wb } from '../words-backup.ts'

interface Chosen {
  readonly name: string
  readonly file: BackupFile
}

/** The screen; a file that cannot be restored changes nothing. */
export function RestoreScreen(): VNode {
  const [chosen, setChosen] = useState<Chosen | undefined>(undefined)
  const [progress, setProgress] = useState<RestoreProgress | { readonly step: 'reading' }>()
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const [restored, setRestored] = useState<Restored | undefined>(undefined)
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setTrouble(undefined)
    try {
      await work()
    } catch (error) {
      setTrouble(explain(codeOf(error)))
    }
    setProgress(undefined)
  }
  const choose = (file: File): Promise<void> =>
    attempt(async () => {
      setChosen(undefined)
      setProgress({ step: 'reading' })
      setChosen({ name: file.name, file: await readBackupFile(file, crypto.subtle) })
    })
  const restore = (code: string): Promise<void> =>
    attempt(async () => {
      if (chosen === undefined) return
      setRestored(await restoreBackup({ file: chosen.file, code, onProgress: setProgress }))
    })
  const busy = progress !== undefined
  return (
    <WalletShell title={wb('restore.title')} places="elsewhere" busy={busy}>
      <div class="page" data-testid="restore-screen">
        <BackLink to={{ screen: 'settings' }}>{wb('back')}</BackLink>
        <h1>{wb('restore.title')}</h1>
        {trouble === undefined ? null : (
          <Notice tone="bad" live="alert" title={wb('restore.failed')} testId="restore-trouble">
            {trouble}
          </Notice>
        )}
        {progress === undefined ? null : <Progress progress={progress} />}
        {phase.value !== 'ready' ? null : restored !== undefined ? (
          <Done restored={restored} />
        ) : (
          <>
            <p>{wb('restore.text')}</p>
            <p>{wb('restore.safe')}</p>
            {busy ? null : (
              <FileButton
                accept={BACKUP_SUFFIX}
                onFiles={([file]) => void choose(file)}
                hint={wb('restore.hint')}
                testId="backup-input"
              >
                {wb(chosen === undefined ? 'restore.choose' : 'restore.other')}
              </FileButton>
            )}
            {chosen === undefined ? null : (
              <>
                <p data-testid="backup-chosen">
                  {withNodes(wb('restore.file'), { name: <Data>{chosen.name}</Data> })}
                </p>
                <CodeForm busy={busy} onCode={(code) => void restore(code)} />
              </>
            )}
          </>
        )}
      </div>
    </WalletShell>
  )
}

interface CodeFormProps {
  readonly busy: boolean
  readonly onCode: (code: string) => void
}

function CodeForm({ busy, onCode }: CodeFormProps): VNode {
  const [typed, setTyped] = useState('')
  const [checked, setChecked] = useState(false)
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        setChecked(true)
        if (!busy && isRecoveryCode(typed)) onCode(typed)
      }}
    >
      <TextField
        label={wb('restore.code')}
        name="recovery-code"
        value={typed}
        onInput={setTyped}
        hint={wb('restore.code.hint')}
        error={checked && !isRecoveryCode(typed) ? wb('restore.code.wrong') : undefined}
        maxLength={80}
        testId="recovery-input"
      />
      <div class="actions">
        <Button kind="primary" type="submit" busy={busy} testId="restore">
          {wb('restore.go')}
        </Button>
      </div>
    </form>
  )
}

function Progress(props: {
  readonly progress: RestoreProgress | { readonly step: 'reading' }
}): VNode {
  const { progress } = props
  const { done, total } = progress.step === 'checking' ? progress : { done: 0, total: 0 }
  const words = wb(`restore.${progress.step}`, { done, total })
  return (
    <div class="stack" data-testid="restore-progress">
      <p role="status">{words}</p>
      {total === 0 ? null : <progress aria-label={words} value={done} max={total} />}
    </div>
  )
}

function Done({ restored }: { readonly restored: Restored }): VNode {
  const { licences, entries, here, refused, dropped } = restored
  return (
    <>
      <Notice
        tone={refused + dropped === 0 ? 'good' : 'caution'}
        live="status"
        title={wb('restore.done', { licences, entries })}
        testId="restore-done"
      >
        {here === 0 ? null : <p>{wb('restore.here', { count: here })}</p>}
        {refused === 0 ? null : <p>{wb('restore.refused', { count: refused })}</p>}
        {dropped === 0 ? null : <p>{wb('restore.dropped', { count: dropped })}</p>}
        {licences === 0 ? null : <p>{wb('restore.then')}</p>}
      </Notice>
      <a class="link-alone" href={hrefOf({ screen: 'lost-phone' })}>
        {wb('phone.title')}
      </a>
      <div class="actions">
        <Button kind="primary" onPress={() => goTo({ screen: 'home' })} testId="restore-home">
          {wb('restore.home')}
        </Button>
      </div>
    </>
  )
}

/** Making a backup: what it is, its recovery code, two groups of that once more, then the file. */
import { today } from '@onetrip/credential'
import { Button, Notice, saveFile } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { BACKUP_SUFFIX } from '../backup/backup-file.ts'
import { type MadeBackup, makeBackup } from '../backup/make-backup.ts'
import { newRecoveryCode } from '../backup/recovery-code.ts'
import { codeOf, explain } from '../error-words.ts'
import { BackLink } from '../parts/back-link.tsx'
import { CheckCode } from '../parts/check-code.tsx'
import { RecoveryCode } from '../parts/recovery-code.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { platformRandom } from '../platform-random.ts'
import { licences, now, phase } from '../wallet-state.ts'
import { wb } from '../words-backup.ts'

type Stage =
  | { readonly phase: 'what' }
  | { readonly phase: 'code'; readonly groups: readonly string[] }
  | { readonly phase: 'check'; readonly groups: readonly string[] }
  | { readonly phase: 'made'; readonly made: MadeBackup }

const TITLES = {
  what: 'make.title',
  code: 'code.title',
  check: 'check.title',
  made: 'make.title',
} as const

/** The screen; the code lives as long as it is open. */
export function BackupScreen(): VNode {
  const [stage, setStage] = useState<Stage>({ phase: 'what' })
  const [day] = useState(() => today(now()))
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const file = `onetrip-${day}${BACKUP_SUFFIX}`
  useEffect(() => {
    if (stage.phase === 'what') return
    scrollTo(0, 0)
    document.getElementById('main')?.focus({ preventScroll: true })
  }, [stage.phase])
  const make = async (groups: readonly string[]): Promise<void> => {
    setBusy(true)
    setTrouble(undefined)
    try {
      const made = await makeBackup(groups.join(''))
      save(made, file)
      setStage({ phase: 'made', made })
    } catch (error) {
      setTrouble(explain(codeOf(error)))
    }
    setBusy(false)
  }
  return (
    <WalletShell title={wb('make.title')} places="elsewhere" busy={stage.phase !== 'what'}>
      <div class="page" data-testid="backup-screen">
        <BackLink to={{ screen: 'settings' }}>{wb('back')}</BackLink>
        <h1 class={stage.phase === 'code' ? 'no-print' : undefined}>{wb(TITLES[stage.phase])}</h1>
        {trouble === undefined ? null : (
          <Notice tone="bad" live="alert" title={wb('check.failed')} testId="backup-trouble">
            {trouble}
          </Notice>
        )}
        {phase.value !== 'ready' ? null : stage.phase === 'what' ? (
          <What
            onStart={() => setStage({ phase: 'code', groups: newRecoveryCode(platformRandom) })}
          />
        ) : stage.phase === 'code' ? (
          <RecoveryCode
            groups={stage.groups}
            file={file}
            day={day}
            onWritten={() => setStage({ ...stage, phase: 'check' })}
          />
        ) : stage.phase === 'check' ? (
          <CheckCode
            groups={stage.groups}
            busy={busy}
            onBack={() => setStage({ ...stage, phase: 'code' })}
            onRight={() => void make(stage.groups)}
          />
        ) : (
          <Made made={stage.made} file={file} />
        )}
      </div>
    </WalletShell>
  )
}

function What({ onStart }: { readonly onStart: () => void }): VNode {
  const isEmpty = licences.value.length === 0
  return (
    <>
      <p>{wb('make.what')}</p>
      <p>{wb('make.keys')}</p>
      <p>{wb('make.code')}</p>
      {isEmpty ? <Notice>{wb('make.empty')}</Notice> : null}
      <div class="actions">
        <Button kind="primary" onPress={onStart} disabled={isEmpty} testId="show-code">
          {wb('make.start')}
        </Button>
      </div>
    </>
  )
}

function Made({ made, file }: { readonly made: MadeBackup; readonly file: string }): VNode {
  const { licences: count, entries, leftOut } = made
  return (
    <>
      <Notice
        tone="good"
        live="status"
        title={wb('made.title')}
        testId="backup-made"
        action={
          <Button onPress={() => save(made, file)} testId="save-again">
            {wb('made.again')}
          </Button>
        }
      >
        <p>{wb('made.text', { file, licences: count, entries })}</p>
        {leftOut === 0 ? null : <p>{wb('made.left', { count: leftOut })}</p>}
      </Notice>
      <p>{wb('made.later')}</p>
    </>
  )
}

function save({ bytes }: MadeBackup, name: string): void {
  saveFile({ name, content: bytes, mediaType: 'application/octet-stream' })
}

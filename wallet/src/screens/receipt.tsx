/** An office's receipt: scanned, verified beside the consent that it is for, and kept with it. No network. */
import { deviceSignedForm } from '@onetrip/credential'
import {
  Button,
  type CodeInput,
  formatMoment,
  localised,
  Notice,
  ScannerView,
  TextField,
} from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { scannedReceipt } from '../asked/asked-state.ts'
import { judgeReceipt, type ReceiptOutcome } from '../asked/keep-receipt.ts'
import { codeOf, explain } from '../error-words.ts'
import { ConsentLicences } from '../parts/consent-licences.tsx'
import { NoTrustData } from '../parts/no-trust-data.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { tellWalletChanged } from '../wallet-news.ts'
import { goTo, now, phase, trust, walletStore } from '../wallet-state.ts'
import { wa } from '../words-asked.ts'

type Progress = { readonly outcome: 'none' } | { readonly outcome: 'checking' } | ReceiptOutcome

/** The screen where a receipt is taken. */
export function ReceiptScreen(): VNode {
  const [progress, setProgress] = useState<Progress>({ outcome: 'none' })
  const known = trust.value
  const isReady = phase.value === 'ready' && known !== undefined
  const take = async (input: CodeInput): Promise<void> => {
    if (known === undefined) return
    setProgress({ outcome: 'checking' })
    setProgress(await keepReceipt(input, known))
  }
  useEffect(() => {
    const input = scannedReceipt.value
    if (input === undefined || !isReady) return
    scannedReceipt.value = undefined
    void take(input)
  }, [isReady, scannedReceipt.value])
  return (
    <WalletShell title={wa('receipt.title')} places="elsewhere">
      <div class="page" data-testid="receipt-screen">
        {known === undefined ? (
          <NoTrustData />
        ) : progress.outcome === 'genuine' ? (
          <Kept entry={progress.entry} />
        ) : (
          <Taking progress={progress} onTake={(input) => void take(input)} />
        )}
      </div>
    </WalletShell>
  )
}

async function keepReceipt(
  input: CodeInput,
  known: NonNullable<typeof trust.value>,
): Promise<ReceiptOutcome> {
  try {
    const { opened: entries } = await walletStore().history()
    const judged = await judgeReceipt(input, { trust: known, now: now(), entries })
    if (judged.outcome === 'genuine') {
      await walletStore().saveEntry(judged.entry)
      tellWalletChanged()
    }
    return judged
  } catch (error) {
    return { outcome: 'refused', code: codeOf(error) }
  }
}

interface TakingProps {
  readonly progress: Exclude<Progress, { readonly outcome: 'genuine' }>
  readonly onTake: (input: CodeInput) => void
}

function Taking({ progress, onTake }: TakingProps): VNode {
  const [text, setText] = useState('')
  return (
    <>
      <h1>{wa('receipt.title')}</h1>
      <p>{wa('receipt.scan')}</p>
      {progress.outcome === 'refused' ? (
        <Notice tone="bad" live="alert" title={wa('receipt.refused')} testId="receipt-refused">
          {explain(progress.code)}
        </Notice>
      ) : null}
      <ScannerView
        onCode={onTake}
        onMessage={onTake}
        isOurs={(code) => deviceSignedForm(code) === 'receipt'}
        foreignText={wa('receipt.foreign')}
        paused={progress.outcome === 'checking'}
      />
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          onTake(text.trim())
        }}
      >
        <TextField
          label={wa('receipt.paste')}
          name="receipt"
          value={text}
          onInput={setText}
          testId="receipt-input"
        />
        <div class="actions">
          <Button type="submit" disabled={text.trim() === ''} testId="open-receipt">
            {wa('receipt.open')}
          </Button>
        </div>
      </form>
      <p role="status" class="hint">
        {progress.outcome === 'checking' ? wa('receipt.checking') : ''}
      </p>
    </>
  )
}

function Kept({ entry }: Pick<Extract<Progress, { readonly outcome: 'genuine' }>, 'entry'>): VNode {
  const { office, receipt, shown } = entry
  return (
    <div class="stack" data-testid="receipt-kept">
      <h1>{wa('receipt.kept')}</h1>
      <Notice tone="good" live="status">
        {wa('receipt.kept-text', {
          office: localised(office.name),
          time: formatMoment(receipt?.at ?? 0, now()),
        })}
      </Notice>
      <ConsentLicences shown={shown} />
      <div class="actions">
        <Button kind="primary" onPress={() => goTo({ screen: 'history' })} testId="to-history">
          {wa('receipt.history')}
        </Button>
      </div>
    </div>
  )
}

/** A delegation that somebody gave to the holder: verified, and kept with the licence whose key it names. No network. */
import { today } from '@onetrip/credential'
import {
  Button,
  type CodeInput,
  Data,
  EmptyScreen,
  formatDay,
  localised,
  Notice,
  Row,
} from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { scannedDelegation } from '../delegates/delegates-state.ts'
import { type EntrustedRecord, withEntrusted } from '../delegates/delegation-record.ts'
import { type Entrusted, judgeEntrusted } from '../delegates/judge-entrusted.ts'
import { codeOf, explain } from '../error-words.ts'
import { NoTrustData } from '../parts/no-trust-data.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { changeLicence, goTo, licences, now, phase, trust } from '../wallet-state.ts'
import { wd } from '../words-delegates.ts'

/** The screen where a delegation is kept. */
export function EntrustedScreen(): VNode {
  const input = scannedDelegation.value
  const isReady = phase.value === 'ready' && trust.value !== undefined
  return (
    <WalletShell title={wd('entrusted.title')} places="elsewhere">
      <div class="page" data-testid="entrusted-screen">
        {input === undefined ? (
          <Nothing />
        ) : isReady ? (
          <Judged key={String(input)} input={input} />
        ) : (
          <NoTrustData />
        )}
      </div>
    </WalletShell>
  )
}

function Nothing(): VNode {
  const scan = (
    <Button kind="primary" onPress={() => goTo({ screen: 'add' })}>
      {wd('delegate.scan')}
    </Button>
  )
  return (
    <EmptyScreen title={wd('entrusted.title')} action={scan}>
      {wd('entrusted.none')}
    </EmptyScreen>
  )
}

function Judged({ input }: { readonly input: CodeInput }): VNode {
  const [judged, setJudged] = useState<Entrusted | undefined>(undefined)
  const [isKept, setKept] = useState(false)
  useEffect(() => {
    const known = trust.value
    if (known === undefined) return
    const at = { trust: known, now: now(), licences: licences.value }
    void judgeEntrusted(input, at).then(setJudged)
  }, [])
  if (judged === undefined) return <p role="status">{wd('entrusted.checking')}</p>
  if (judged.outcome === 'refused') {
    return (
      <>
        <h1>{wd('entrusted.title')}</h1>
        <Notice tone="bad" live="alert" title={wd('entrusted.refused')} testId="entrusted-refused">
          {explain(judged.code)}
        </Notice>
        <Home />
      </>
    )
  }
  const { record, own } = judged
  const keep = async (): Promise<void> => {
    try {
      await changeLicence(own.id, (kept) => withEntrusted(kept, record))
      setKept(true)
    } catch (error) {
      setJudged({ outcome: 'refused', code: codeOf(error) })
    }
  }
  return (
    <>
      <h1>{wd(isKept ? 'entrusted.kept' : 'entrusted.title')}</h1>
      <Facts record={record} />
      {isKept ? (
        <>
          <Notice tone="good" live="status" testId="entrusted-kept">
            {wd('entrusted.kept.text')}
          </Notice>
          <Home />
        </>
      ) : (
        <div class="actions">
          <Button kind="primary" onPress={() => void keep()} testId="keep-entrusted">
            {wd('entrusted.keep')}
          </Button>
        </div>
      )}
    </>
  )
}

function Home(): VNode {
  const leave = (): void => {
    scannedDelegation.value = undefined
    goTo({ screen: 'home' })
  }
  return (
    <div class="actions">
      <Button onPress={leave} testId="entrusted-home">
        {wd('entrusted.home')}
      </Button>
    </div>
  )
}

function Facts({ record }: { readonly record: EntrustedRecord }): VNode {
  const { holder, typeName, number, matter, claims, endsAt } = record
  return (
    <dl class="rows" data-testid="entrusted-facts">
      {holder === undefined ? null : (
        <Row term={wd('entrusted.from')}>
          <strong>
            <Data>{holder}</Data>
          </strong>
        </Row>
      )}
      <Row term={wd('entrusted.licence')}>
        {localised(typeName)} <Data>{number}</Data>
      </Row>
      <Row term={wd('entrusted.matter')}>
        {matter.name === undefined ? matter.code : localised(matter.name)}
      </Row>
      <Row term={wd('entrusted.claims')}>{claims.map(localised).join(' · ')}</Row>
      <Row term={wd('entrusted.until')}>{formatDay(today(endsAt - 1))}</Row>
    </dl>
  )
}

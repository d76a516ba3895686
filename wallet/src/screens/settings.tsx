/** Language, type size, the data to check with, and what is on this device. */
import {
  Button,
  chooseLanguage,
  chooseScale,
  Data,
  formatMoment,
  isLanguage,
  language,
  localised,
  Notice,
  Row,
  SCALES,
  SelectField,
  scale,
  t,
  toScale,
} from '@onetrip/ui'
import type { VNode } from 'preact'
import { WalletPackPanel } from '../pack-transfer.tsx'
import { DeleteLicence } from '../parts/delete-licence.tsx'
import { EraseWallet } from '../parts/erase-wallet.tsx'
import { Keeping } from '../parts/keeping.tsx'
import { TrustAge } from '../parts/trust-age.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { hrefOf } from '../routes.ts'
import { goTo, licences, lockRecord, now, settings, trust, trustStore } from '../wallet-state.ts'
import { w } from '../words.ts'
import { wg } from '../words-agency.ts'
import { wb } from '../words-backup.ts'
import { wi } from '../words-install.ts'
import { wl } from '../words-licence.ts'
import { wr } from '../words-recover.ts'

/** The settings. */
export function SettingsScreen(): VNode {
  return (
    <WalletShell title={wl('settings.title')} places="settings">
      <div class="page" data-testid="settings-screen">
        <h1>{wl('settings.title')}</h1>
        <section class="stack">
          <SelectField
            label={wl('settings.language')}
            name="language"
            value={language.value}
            choices={[
              { value: 'zh-CN', text: '中文', lang: 'zh-CN' },
              { value: 'en', text: 'English', lang: 'en' },
            ]}
            onChange={(value) => {
              if (isLanguage(value)) {
                chooseLanguage(value)
              }
            }}
          />
          <SelectField
            label={wl('settings.scale')}
            name="scale"
            value={String(scale.value)}
            choices={SCALES.map((step) => ({ value: String(step), text: t(`app.scale.${step}`) }))}
            onChange={(value) => chooseScale(toScale(value) ?? 100)}
          />
        </section>
        <section>
          <h2>{wl('settings.lock')}</h2>
          <p>{wl(lockRecord.value === undefined ? 'settings.lock.none' : 'settings.lock.set')}</p>
          <div class="actions">
            <Button onPress={() => goTo({ screen: 'lock' })} testId="lock-settings">
              {wl('settings.lock.open')}
            </Button>
          </div>
        </section>
        <section>
          <h2>{wi('keep.title')}</h2>
          <Keeping />
          <a class="link-alone" href={hrefOf({ screen: 'install' })} data-testid="install-link">
            {wi('install.title')}
          </a>
        </section>
        <section>
          <h2>{wb('settings.title')}</h2>
          <p>{wb('settings.text')}</p>
          <div class="actions">
            <Button onPress={() => goTo({ screen: 'backup' })} testId="backup-open">
              {wb('make.title')}
            </Button>
            <Button onPress={() => goTo({ screen: 'restore' })} testId="restore-open">
              {wb('restore.title')}
            </Button>
          </div>
          <a class="link-alone" href={hrefOf({ screen: 'lost-phone' })}>
            {wb('phone.title')}
          </a>
        </section>
        <section>
          <h2>{wg('agency.settings')}</h2>
          <p>{wg('agency.settings.text')}</p>
          <a class="link-alone" href={hrefOf({ screen: 'agency' })} data-testid="agency-link">
            {wg('agency.title')}
          </a>
        </section>
        <section>
          <h2>{wl('settings.trust')}</h2>
          <TrustFacts />
          <TrustAge />
        </section>
        <WalletPackPanel />
        <section>
          <h2>{wl('settings.licences')}</h2>
          <Licences />
        </section>
        <section>
          <h2>{wl('settings.about')}</h2>
          <p>{wl('settings.about.text')}</p>
          <dl class="rows">
            <Row term={wl('settings.issuer')}>
              <Data>{settings.apiOrigin}</Data>
            </Row>
            {settings.reachedOrigins.length === 0 ? null : (
              <Row term={wl('settings.reaches')}>
                {settings.reachedOrigins.map((origin) => (
                  <div key={origin}>
                    <Data>{origin}</Data>
                  </div>
                ))}
              </Row>
            )}
          </dl>
        </section>
        <section>
          <h2>{wr('erase.heading')}</h2>
          <p>{wr('erase.intro')}</p>
          <EraseWallet />
        </section>
      </div>
    </WalletShell>
  )
}

function TrustFacts(): VNode | null {
  const state = trustStore.state.value
  const present = trust.value
  if (present === undefined || state.phase !== 'ready') {
    return null
  }
  const moment = formatMoment(present.signedAt, now())
  return (
    <>
      <p>{wl('settings.trust.version', { version: present.version, moment })}</p>
      {state.trouble === undefined || state.refreshing ? null : (
        <Notice tone="caution" live="status">
          {w('trust.failed')}
        </Notice>
      )}
    </>
  )
}

function Licences(): VNode {
  if (licences.value.length === 0) {
    return <p class="hint">{wl('settings.none')}</p>
  }
  return (
    <ul class="licence-list">
      {licences.value.map((licence) => (
        <li key={licence.id}>
          <a href={hrefOf({ screen: 'details', id: licence.id })}>
            {localised(licence.summary.typeName)} · <Data>{licence.summary.number}</Data>
          </a>
          <DeleteLicence licence={licence} />
        </li>
      ))}
    </ul>
  )
}

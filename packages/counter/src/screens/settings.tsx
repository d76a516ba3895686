/** Settings: what is accepted, how long a result stays, its signs, type size; and what this is. */

import { CheckField, type Choice, Data, ScaleSwitch, SelectField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { face } from '../counter-state.ts'
import { EnrolmentPanel } from '../enrolment/enrolment-panel.tsx'
import { KioskPanel } from '../kiosk-panel.tsx'
import { tc } from '../messages.ts'
import { CounterPackPanel } from '../pack-transfer.tsx'
import {
  CONTINUOUS_CHOICES,
  changeSettings,
  RETURN_CHOICES,
  settings,
  WEDGE_CHOICES,
} from '../settings.ts'
import { ts } from '../words-settings.ts'

/** The settings of this device. */
export function SettingsScreen(): VNode {
  const { acceptCopy, acceptPaper, sound, vibration } = settings.value
  const { continuous, continuousSeconds, returnSeconds, wedgeGapMs } = settings.value
  return (
    <div class="stack column" data-testid="settings-screen">
      <h1>{tc('settings.title')}</h1>
      <EnrolmentPanel />
      <CounterPackPanel />
      <fieldset class="panel fieldset">
        <legend>{ts('modes')}</legend>
        <CheckField label={ts('mode-live')} name="live" checked fixed onChange={() => undefined} />
        <CheckField
          label={ts('mode-copy')}
          hint={ts('mode-copy-hint')}
          name="copy"
          testId="accept-copy"
          checked={acceptCopy}
          onChange={(checked) => changeSettings({ acceptCopy: checked })}
        />
        <CheckField
          label={ts('mode-paper')}
          hint={ts('mode-paper-hint')}
          name="paper"
          testId="accept-paper"
          checked={acceptPaper}
          onChange={(checked) => changeSettings({ acceptPaper: checked })}
        />
      </fieldset>
      <fieldset class="panel fieldset stack">
        <legend>{ts('results')}</legend>
        <CheckField
          label={ts('continuous')}
          hint={ts('continuous-hint')}
          name="continuous"
          testId="continuous"
          checked={continuous}
          onChange={(checked) => changeSettings({ continuous: checked })}
        />
        {continuous ? (
          <SelectField
            label={ts('continuous-after')}
            name="continuous-after"
            testId="continuous-after"
            value={String(continuousSeconds)}
            choices={CONTINUOUS_CHOICES.map(secondsChoice)}
            onChange={(value) => changeSettings({ continuousSeconds: Number(value) })}
          />
        ) : (
          <SelectField
            label={ts('return')}
            hint={ts('return-hint')}
            name="return"
            testId="return-after"
            value={String(returnSeconds)}
            choices={RETURN_CHOICES.map(secondsChoice)}
            onChange={(value) => changeSettings({ returnSeconds: Number(value) })}
          />
        )}
        <CheckField
          label={ts('sound')}
          name="sound"
          testId="sound"
          checked={sound}
          onChange={(checked) => changeSettings({ sound: checked })}
        />
        <CheckField
          label={ts('vibration')}
          hint={ts('vibration-hint')}
          name="vibration"
          testId="vibration"
          checked={vibration}
          onChange={(checked) => changeSettings({ vibration: checked })}
        />
      </fieldset>
      <div class="panel">
        <SelectField
          label={ts('wedge')}
          hint={ts('wedge-hint')}
          name="wedge"
          testId="wedge-gap"
          value={String(wedgeGapMs)}
          choices={WEDGE_CHOICES.map((milliseconds) => ({
            value: String(milliseconds),
            text: ts('milliseconds', { milliseconds }),
          }))}
          onChange={(value) => changeSettings({ wedgeGapMs: Number(value) })}
        />
      </div>
      <div class="panel">
        <ScaleSwitch />
      </div>
      <KioskPanel />
      <div class="panel stack">
        <h2>{ts('about')}</h2>
        <p>{ts('about-text')}</p>
        <p class="hint">
          {ts('environment')}: <Data>{face.environment}</Data>
        </p>
      </div>
    </div>
  )
}

function secondsChoice(seconds: number): Choice {
  return {
    value: String(seconds),
    text: seconds === 0 ? ts('never') : ts('seconds', { seconds }),
  }
}

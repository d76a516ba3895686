/** Settings: what is accepted, how long a result stays, sound, type size; and what this is. */

import { CheckField, Data, ScaleSwitch, SelectField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { face } from '../counter-state.ts'
import { tc } from '../messages.ts'
import { changeSettings, RETURN_CHOICES, settings } from '../settings.ts'

/** The settings of this device. */
export function SettingsScreen(): VNode {
  const { acceptCopy, acceptPaper, returnSeconds, sound } = settings.value
  return (
    <div class="stack column">
      <h1>{tc('settings.title')}</h1>
      <fieldset class="panel fieldset">
        <legend>{tc('settings.modes')}</legend>
        <CheckField
          label={tc('settings.mode-live')}
          name="live"
          checked
          fixed
          onChange={() => undefined}
        />
        <CheckField
          label={tc('settings.mode-copy')}
          hint={tc('settings.mode-copy-hint')}
          name="copy"
          testId="accept-copy"
          checked={acceptCopy}
          onChange={(checked) => changeSettings({ acceptCopy: checked })}
        />
        <CheckField
          label={tc('settings.mode-paper')}
          hint={tc('settings.mode-paper-hint')}
          name="paper"
          testId="accept-paper"
          checked={acceptPaper}
          onChange={(checked) => changeSettings({ acceptPaper: checked })}
        />
      </fieldset>
      <div class="panel stack">
        <SelectField
          label={tc('settings.return')}
          hint={tc('settings.return-hint')}
          name="return"
          value={String(returnSeconds)}
          choices={RETURN_CHOICES.map((seconds) => ({
            value: String(seconds),
            text:
              seconds === 0
                ? tc('settings.return-never')
                : tc('settings.return-seconds', { seconds }),
          }))}
          onChange={(value) => changeSettings({ returnSeconds: Number(value) })}
        />
        <CheckField
          label={tc('settings.sound')}
          name="sound"
          checked={sound}
          onChange={(checked) => changeSettings({ sound: checked })}
        />
        <ScaleSwitch />
      </div>
      <div class="panel stack">
        <h2>{tc('settings.about')}</h2>
        <p>{tc('settings.about-text')}</p>
        <p class="hint">
          {tc('settings.environment')}: <Data>{face.environment}</Data>
        </p>
      </div>
    </div>
  )
}

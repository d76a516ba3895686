/** The steps of one way to install, in words and drawings. */
import { Button } from '@onetrip/ui'
import type { VNode } from 'preact'
import { askToInstall } from '../install-state.ts'
import type { InstallWay } from '../install-way.ts'
import { type InstallMessage, wi } from '../words-install.ts'
import { InstallDrawing, type InstallSubject } from './install-drawing.tsx'

/** A way that has steps. */
export type StepWay = Exclude<InstallWay, 'installed'>

interface Step {
  readonly words: InstallMessage
  readonly subject?: InstallSubject
}

const STEPS: Readonly<Record<StepWay, readonly Step[]>> = {
  ios: [
    { words: 'ios.1', subject: 'share' },
    { words: 'ios.2', subject: 'add' },
    { words: 'ios.3', subject: 'confirm' },
    { words: 'ios.4', subject: 'home' },
  ],
  prompt: [{ words: 'prompt.1' }],
  android: [
    { words: 'android.1', subject: 'menu' },
    { words: 'android.2', subject: 'add' },
    { words: 'android.3', subject: 'home' },
  ],
  desktop: [{ words: 'desktop.1' }, { words: 'desktop.2' }, { words: 'desktop.3' }],
  'in-app': [
    { words: 'in-app.1', subject: 'menu' },
    { words: 'in-app.2', subject: 'browser' },
    { words: 'in-app.3' },
  ],
}

/** Properties of {@link InstallSteps}. */
export interface InstallStepsProps {
  readonly way: StepWay
}

/** The steps, and the browser's own question where it has one. */
export function InstallSteps({ way }: InstallStepsProps): VNode {
  return (
    <section data-testid={`install-${way}`}>
      <h2>{wi(`${way}.steps`)}</h2>
      <ol class="install-steps">
        {STEPS[way].map(({ words, subject }) => (
          <li key={words}>
            {subject === undefined ? null : <InstallDrawing subject={subject} />}
            <p>{wi(words)}</p>
          </li>
        ))}
      </ol>
      {way === 'prompt' ? (
        <div class="actions">
          <Button kind="primary" onPress={() => void askToInstall()} testId="install-ask">
            {wi('prompt.button')}
          </Button>
        </div>
      ) : null}
    </section>
  )
}

/** Installing while the page is open: the browser's own question, kept for our button, and its way. */
import { type ReadonlySignal, signal } from '@preact/signals'
import { type InstallWay, installWay } from './install-way.ts'

/** Not in TypeScript's own list: only Chromium has it. */
interface InstallQuestion extends Event {
  prompt(): Promise<unknown>
}

const DISMISSED_KEY = 'onetrip.install'
const question = signal<InstallQuestion | undefined>(undefined)
const installed = signal(false)
const dismissed = signal(wasDismissed())

/** Whether the holder does not want to see the hint again; the settings keep the guide. */
export const installDismissed: ReadonlySignal<boolean> = dismissed

/** Keeps the browser's question until our button is pressed; call once, before the first render. */
export function watchInstalling(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    if (isInstallQuestion(event)) {
      question.value = event
    }
  })
  addEventListener('appinstalled', () => {
    installed.value = true
    question.value = undefined
  })
}

/** The way of this browser; reading it in a component makes the component follow it. */
export function presentInstallWay(): InstallWay {
  return installWay({
    userAgent: navigator.userAgent,
    maxTouchPoints: navigator.maxTouchPoints,
    isStandalone: installed.value || matchMedia('(display-mode: standalone)').matches,
    hasPrompt: question.value !== undefined,
  })
}

/** Asks the browser's question; it can be asked once. */
export async function askToInstall(): Promise<void> {
  const kept = question.value
  question.value = undefined
  await kept?.prompt()
}

/** Puts the hint away for good. */
export function dismissInstalling(): void {
  dismissed.value = true
  try {
    localStorage.setItem(DISMISSED_KEY, 'dismissed')
  } catch {
    // Without local storage the hint is away for this visit.
    return
  }
}

function wasDismissed(): boolean {
  try {
    return localStorage.getItem(DISMISSED_KEY) !== null
  } catch {
    return false
  }
}

function isInstallQuestion(event: Event): event is InstallQuestion {
  return 'prompt' in event && typeof event.prompt === 'function'
}

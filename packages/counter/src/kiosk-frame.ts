/** What a kiosk does to the page: full screen, screen kept on, no menu, everything reset when idle. */

import { afterQuiet, holdWakeLock } from '@onetrip/ui'
import { useEffect } from 'preact/hooks'
import { forgetScanTrouble, forgetVerdict, shownVerdict } from './counter-state.ts'
import { stopIntake } from './intake-state.ts'
import { kiosk, restorePreferences } from './kiosk-state.ts'
import { goTo, place } from './places.ts'

/** Holds the page in kiosk mode while there is a kiosk. */
export function useKiosk(): void {
  const active = kiosk.value !== undefined
  const idleSeconds = kiosk.value?.idleSeconds
  const verdictId = shownVerdict.value?.id

  useEffect(() => (active ? holdWakeLock() : undefined), [active])
  useEffect(() => (active ? holdFullScreen() : undefined), [active])
  useEffect(() => {
    if (!active) return
    forgetTroubles()
    // Another window may have begun it while this one stood elsewhere.
    if (place.value !== 'verdict') goTo('ready')
  }, [active])
  useEffect(() => {
    if (idleSeconds === undefined) return
    let stop = () => {}
    const arm = () => {
      stop = afterQuiet(idleSeconds, () => {
        resetKiosk()
        arm()
      })
    }
    arm()
    return () => stop()
    // A code shown to the camera is a sign of a person too.
  }, [idleSeconds, verdictId])
}

/** As at the start: no result, no half-typed code, the first language and type size. */
function resetKiosk(): void {
  const open = kiosk.value
  if (open === undefined) return
  for (const dialog of document.querySelectorAll('dialog[open]')) {
    if (dialog instanceof HTMLDialogElement) dialog.close()
  }
  for (const field of document.querySelectorAll('input[type="text"]')) {
    if (field instanceof HTMLInputElement) field.value = ''
  }
  restorePreferences(open)
  forgetTroubles()
  if (place.value === 'verdict') forgetVerdict()
}

/** What went wrong for the person before is nothing to the next one. */
function forgetTroubles(): void {
  stopIntake()
  forgetScanTrouble()
}

/** Browsers give the full screen only upon a touch or a key, and take it back on Escape. */
function holdFullScreen(): () => void {
  const enter = () => {
    if (document.fullscreenElement !== null) return
    void document.documentElement.requestFullscreen?.().catch(() => undefined)
  }
  const noMenu = (event: Event) => event.preventDefault()
  window.addEventListener('pointerup', enter)
  window.addEventListener('keydown', enter)
  window.addEventListener('contextmenu', noMenu)
  return () => {
    window.removeEventListener('pointerup', enter)
    window.removeEventListener('keydown', enter)
    window.removeEventListener('contextmenu', noMenu)
    if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined)
  }
}

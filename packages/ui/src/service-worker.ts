/**
 * Registers the face's service worker and offers updates. A new version waits until the person
 * takes it: nothing reloads while a code is on the screen.
 */

import { type ReadonlySignal, signal } from '@preact/signals'
import { SERVICE_WORKER_URL, trustedScriptUrl } from './trusted-urls.ts'

const UPDATE_CHECK_MS = 3_600_000

const waiting = signal<ServiceWorker | undefined>(undefined)
const ready = signal(false)

/** True while a new version is installed and waits. */
export const updateReady: ReadonlySignal<boolean> = ready

/** Registers `/sw.js`; without service workers the face works online only. */
export async function registerServiceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  try {
    const registration = await navigator.serviceWorker.register(
      trustedScriptUrl(SERVICE_WORKER_URL),
      { scope: '/', updateViaCache: 'none' },
    )
    watch(registration)
  } catch {
    // Some WebViews refuse service workers: the face then needs the network at each start.
    return
  }
}

/** Lets the waiting version take over and reloads the page once it has. */
export function applyUpdate(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
    once: true,
  })
  waiting.value?.postMessage({ type: 'SKIP_WAITING' })
}

function watch(registration: ServiceWorkerRegistration): void {
  offer(registration.waiting)
  // A counter's page stays open for days; without a network the check fails and nothing changes.
  setInterval(() => void registration.update().catch(() => undefined), UPDATE_CHECK_MS)
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed') offer(registration.waiting)
    })
  })
}

/** The very first version is no update: then no worker controls the page yet. */
function offer(worker: ServiceWorker | null): void {
  if (worker === null || navigator.serviceWorker.controller === null) return
  waiting.value = worker
  ready.value = true
}

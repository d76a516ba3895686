/**
 * Registers the face's service worker and offers updates. A new version waits until the person
 * takes it: nothing reloads while a code is on the screen.
 */

import { type ReadonlySignal, signal } from '@preact/signals'
import { SERVICE_WORKER_URL, trustedScriptUrl } from './trusted-urls.ts'

const UPDATE_CHECK_MS = 3_600_000

const waiting = signal<ServiceWorker | undefined>(undefined)
const ready = signal(false)
let isUpdating = false

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

/** Has what few people need fetched and kept for offline use, unless the connection is slow, or paid by what goes over it. */
export async function fetchLaterFiles(): Promise<void> {
  if (!('serviceWorker' in navigator) || isSparing(Reflect.get(navigator, 'connection'))) return
  const { active } = await navigator.serviceWorker.ready
  active?.postMessage({ type: 'FETCH_LATER' })
}

/** Network Information API; what a browser does not tell is taken for a good connection. */
function isSparing(connection: unknown): boolean {
  if (typeof connection !== 'object' || connection === null) return false
  const { saveData, type, effectiveType }: Connection = connection
  return saveData === true || type === 'cellular' || /2g$/.test(effectiveType ?? '')
}

interface Connection {
  readonly saveData?: boolean
  readonly type?: string
  readonly effectiveType?: string
}

/** Lets the waiting version take over and reloads the page once it has; at once where it took over already. */
export function applyUpdate(): void {
  if (waiting.value === undefined) {
    location.reload()
    return
  }
  isUpdating = true
  waiting.value.postMessage({ type: 'SKIP_WAITING' })
}

function watch(registration: ServiceWorkerRegistration): void {
  offer(registration.waiting)
  let isControlled = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (isUpdating) location.reload()
    // Another window took the new version: what this one has not loaded yet is gone, so it offers to follow.
    if (isControlled) offerReload()
    isControlled = true
  })
  // A counter's page stays open for days; without a network the check fails and nothing changes.
  setInterval(() => void registration.update().catch(() => undefined), UPDATE_CHECK_MS)
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed') offer(registration.waiting)
    })
  })
}

function offerReload(): void {
  waiting.value = undefined
  ready.value = true
}

/** The very first version is no update: then no worker controls the page yet. */
function offer(worker: ServiceWorker | null): void {
  if (worker === null || navigator.serviceWorker.controller === null) return
  waiting.value = worker
  ready.value = true
}

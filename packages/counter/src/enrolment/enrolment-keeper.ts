/**
 * Keeps this device's enrolment: asks, waits for the administrator, opens the certificate under the trust data, renews
 * it quietly while there is a network, and takes one that a pack brings. Nothing counts before it was opened here.
 */

import { Fault, jwkThumbprint, type Signer } from '@onetrip/codec'
import { MAX_COUNTER_BYTES } from '@onetrip/credential'
import { counterMember, type PackSource } from '@onetrip/trust'
import { createDeviceKey, type DeviceKey, devicePublicKey, deviceSigner } from '@onetrip/ui'
import { type OpenedCounter, openCounterCertificate } from '@onetrip/verifier'
import { effect } from '@preact/signals'
import { unixNow } from '../clock.ts'
import { face, trustStore } from '../counter-state.ts'
import { askToEnrol, collectCertificate, type DeviceClient } from './enrolment-client.ts'
import { type EnrolmentTrouble, enrolment, setEnrolment } from './enrolment-signal.ts'
import {
  type EnrolmentRecord,
  eraseEnrolment,
  readEnrolment,
  saveEnrolment,
  tryKey,
} from './enrolment-store.ts'

/** A device that an office has certified. */
export interface EnrolledDevice {
  /** COSE_Sign1. */
  readonly certificate: Uint8Array
  readonly signer: Signer
}

const POLL_MS = 3000
const RENEW_MS = 15 * 60_000

let record: EnrolmentRecord | undefined
let started: Promise<void> | undefined
let polling: ReturnType<typeof setTimeout> | undefined
let running: Promise<void> | undefined

/** Opens what is kept and goes on with it; once, whoever asks. Never rejects. */
export function startEnrolment(): Promise<void> {
  started ??= start()
  return started
}

/** The certificate to verify with; nothing where this device speaks for no office. */
export async function enrolledCounter(): Promise<OpenedCounter | undefined> {
  await startEnrolment()
  const state = enrolment.value
  return state.phase === 'enrolled' ? state.counter : undefined
}

/** The certificate with the key behind it, to ask and to give receipts with; nothing where this device speaks for no office. */
export async function enrolledDevice(): Promise<EnrolledDevice | undefined> {
  const counter = await enrolledCounter()
  const held = record
  if (counter === undefined || held?.stage !== 'certified') return undefined
  return { certificate: held.certificate, signer: deviceSigner(held.key) }
}

/** The server, and this device's key to speak to it with; nothing where this device speaks for no office. */
export async function enrolledClient(): Promise<DeviceClient | undefined> {
  const device = await enrolledDevice()
  return device === undefined ? undefined : clientOf(device.signer)
}

/** Makes a key and asks to be a counter of an office. Throws `key/storage`, the server's codes, `network/*`. */
export async function beginEnrolment(wish: {
  readonly office: string
  readonly deviceName: string
}): Promise<void> {
  const key = await createDeviceKey({
    subtle: crypto.subtle,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    roundTrip: tryKey,
  })
  const asked = await askToEnrol(clientOf(deviceSigner(key)), wish)
  await keep({ format: 1, key, stage: 'asked', ...wish, ...asked })
  await show()
}

/** Deletes this device's key and certificate: it speaks for no office from now on. */
export async function endEnrolment(): Promise<void> {
  clearTimeout(polling)
  await eraseEnrolment()
  record = undefined
  setEnrolment({ phase: 'none' })
}

/** Asks the server once: for the answer that is waited for, a renewal, or whether the device was denied. Never rejects. */
export function refreshEnrolment(): Promise<void> {
  running ??= refreshOnce().finally(() => {
    running = undefined
  })
  return running
}

/**
 * Takes a certificate that came from anywhere (network or pack): for this device's key, in force, and ending later
 * than the one that is there. Throws what opening throws, `counter/format` for another device's.
 */
export async function acceptCertificate(certificate: Uint8Array): Promise<void> {
  const held = record
  // One that was denied stays so, whatever an older pack brings.
  if (held === undefined || (held.stage === 'certified' && held.denied)) return
  const counter = await openOwn(held.key, certificate)
  const state = enrolment.value
  if (state.phase === 'enrolled' && state.counter.expiresAt >= counter.expiresAt) return
  await keep({ format: 1, key: held.key, stage: 'certified', certificate, denied: false })
  setEnrolment({ phase: 'enrolled', counter })
}

/** Takes this device's certificate from a pack that brings one. Never rejects. */
export async function renewFromPack(pack: PackSource): Promise<void> {
  await startEnrolment()
  const held = record
  if (held === undefined) return
  try {
    const { packMember } = await import('@onetrip/ui/trust-engine')
    const path = counterMember(jwkThumbprint(devicePublicKey(held.key)))
    const certificate = await packMember(pack, path, MAX_COUNTER_BYTES)
    if (certificate !== undefined) await acceptCertificate(certificate)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    await show(error.code)
  }
}

async function start(): Promise<void> {
  record = await readEnrolment()
  await show()
  effect(() => {
    if (trustStore.state.value.phase === 'ready') void show()
  })
  setInterval(() => void refreshEnrolment(), RENEW_MS)
  window.addEventListener('online', () => void refreshEnrolment())
  void refreshEnrolment()
}

/** Says where the record stands by the trust data of now. */
async function show(trouble?: EnrolmentTrouble): Promise<void> {
  const held = record
  const also = trouble === undefined ? {} : { trouble }
  if (held === undefined) {
    setEnrolment({ phase: 'none', ...also })
    return
  }
  if (held.stage === 'asked') {
    const { office, deviceName, code, expiresAt } = held
    setEnrolment({ phase: 'asked', office, deviceName, code, expiresAt, ...also })
    waitForAnswer()
    return
  }
  if (trustStore.state.value.phase !== 'ready') return
  if (held.denied) {
    setEnrolment({ phase: 'ended', reason: 'counter/denied' })
    return
  }
  try {
    const counter = await openOwn(held.key, held.certificate)
    if (record === held) setEnrolment({ phase: 'enrolled', counter, ...also })
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    if (record === held) setEnrolment({ phase: 'ended', reason: error.code, ...also })
  }
}

function waitForAnswer(): void {
  clearTimeout(polling)
  polling = setTimeout(() => void refreshEnrolment(), POLL_MS)
}

async function refreshOnce(): Promise<void> {
  const held = record
  if (held === undefined) return
  try {
    const certificate = await collectCertificate(clientOf(deviceSigner(held.key)))
    if (record !== held) return
    if (certificate === undefined) await show()
    else await take(certificate)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    if (record === held) await afterRefusal(held, error.code)
  }
}

/** Trust data of before may not know the office's key yet. */
async function take(certificate: Uint8Array): Promise<void> {
  try {
    await acceptCertificate(certificate)
  } catch (error) {
    const isUnknown =
      error instanceof Fault && ['key/unknown', 'counter/office-unknown'].includes(error.code)
    if (!isUnknown) throw error
    await trustStore.refresh()
    await acceptCertificate(certificate)
  }
}

async function afterRefusal(held: EnrolmentRecord, code: EnrolmentTrouble): Promise<void> {
  const isOver = code === 'enrolment/expired' || code === 'enrolment/not-found'
  if (code === 'counter/denied' && held.stage === 'certified') {
    await keep({ ...held, denied: true })
  } else if (held.stage === 'asked' && (isOver || code === 'counter/denied')) {
    await eraseEnrolment()
    record = undefined
  }
  await show(code)
}

async function openOwn(key: DeviceKey, certificate: Uint8Array): Promise<OpenedCounter> {
  const state = trustStore.state.value
  if (state.phase !== 'ready') throw new Fault('trust/unavailable')
  const { trust } = state
  const now = unixNow()
  const counter = await openCounterCertificate({ certificate, trust, now })
  if (counter.thumbprint !== jwkThumbprint(devicePublicKey(key))) throw new Fault('counter/format')
  return counter
}

async function keep(next: EnrolmentRecord): Promise<void> {
  await saveEnrolment(next)
  record = next
}

function clientOf(signer: Signer): DeviceClient {
  return { http: (url, init) => fetch(url, init), apiOrigin: face.apiOrigin, signer }
}

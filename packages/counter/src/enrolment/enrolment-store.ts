/** The device's key and what came of it, in IndexedDB: one record, whole or absent. */

import { type DeviceKey, openStore, type Store } from '@onetrip/ui'

/** An enrolment as it is kept. */
export type EnrolmentRecord = {
  readonly format: 1
  readonly key: DeviceKey
} & (
  | {
      readonly stage: 'asked'
      readonly office: string
      readonly deviceName: string
      readonly code: string
      /** Unix seconds. */
      readonly expiresAt: number
    }
  | {
      readonly stage: 'certified'
      /** COSE_Sign1, as received. */
      readonly certificate: Uint8Array
      /** The server said that this device is denied. */
      readonly denied: boolean
    }
)

interface EnrolmentSchema {
  readonly enrolment: EnrolmentRecord
  readonly trial: DeviceKey
}

const KEY = 'current'

/** Reads the record; nothing where there is none, none that this version can read, or the browser refuses storage. */
export async function readEnrolment(): Promise<EnrolmentRecord | undefined> {
  const kept = await using((store) => store.get('enrolment', KEY)).catch(() => undefined)
  return isEnrolment(kept) ? kept : undefined
}

function isEnrolment(kept: unknown): boolean {
  if (typeof kept !== 'object' || kept === null) return false
  const { format, key, stage, ...rest } = kept as Readonly<Record<string, unknown>>
  if (format !== 1 || typeof key !== 'object' || key === null) return false
  if (stage === 'certified') return rest['certificate'] instanceof Uint8Array
  const texts = ['office', 'deviceName', 'code'].every((name) => typeof rest[name] === 'string')
  return stage === 'asked' && texts && typeof rest['expiresAt'] === 'number'
}

/** Keeps the record in the place of any before. Rejects when it cannot. */
export function saveEnrolment(record: EnrolmentRecord): Promise<void> {
  return using((store) => store.put('enrolment', KEY, record))
}

/** Deletes key and certificate. */
export function eraseEnrolment(): Promise<void> {
  return using((store) => store.delete('enrolment', KEY))
}

/** Stores a key on trial and reads it back in another transaction. */
export async function tryKey(key: DeviceKey): Promise<DeviceKey> {
  return using(async (store) => {
    await store.put('trial', KEY, key)
    const kept = await store.get('trial', KEY)
    await store.delete('trial', KEY)
    if (kept === undefined) throw new TypeError('nothing was kept')
    return kept
  })
}

async function using<Value>(
  work: (store: Store<EnrolmentSchema>) => Promise<Value>,
): Promise<Value> {
  const store = await openStore<EnrolmentSchema>({
    name: 'onetrip-enrolment',
    version: 1,
    boxes: ['enrolment', 'trial'],
  })
  try {
    return await work(store)
  } finally {
    store.close()
  }
}

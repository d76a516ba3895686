/** Restoring a backup into this wallet: everything is read and checked first, then stored in one transaction (WA01, WA05). */
import { Fault, fault } from '@onetrip/codec'
import type { Trust } from '@onetrip/trust'
import type { HeldLicence } from '../held-licence.ts'
import type { HistoryEntry } from '../history-entry.ts'
import { keepRestored, now, trust, trustStore } from '../wallet-state.ts'
import { parseBackup, type SavedLicence } from './backup-document.ts'
import { type BackupFile, openBackup } from './backup-file.ts'
import { parseRecoveryCode } from './recovery-code.ts'
import { countReceipts, hasConsents, restoredEntry } from './restored-history.ts'
import { restoredLicence } from './restored-licence.ts'

/** How far restoring is. */
export type RestoreProgress =
  | { readonly step: 'opening' | 'storing' }
  | { readonly step: 'checking'; readonly done: number; readonly total: number }

/** What came of it. */
export interface Restored {
  readonly licences: number
  readonly entries: number
  /** Licences and entries that were here already. */
  readonly here: number
  /** Licences that are not known to be genuine. */
  readonly refused: number
  /** Receipts that are not for what was asked and answered; their entries are restored without them. */
  readonly dropped: number
}

/**
 * Restores. Throws `backup/passphrase`, `backup/corrupt`, `network/unreachable` where there are no trust data to check
 * licences with, `storage/*`; then everything is as it was.
 */
export async function restoreBackup(options: {
  readonly file: BackupFile
  readonly code: string
  readonly onProgress: (progress: RestoreProgress) => void
}): Promise<Restored> {
  const { file, code, onProgress } = options
  onProgress({ step: 'opening' })
  const saved = parseBackup(await openBackup(file, parseRecoveryCode(code), crypto.subtle))
  const receipts = countReceipts(saved.history)
  // As when one is received: it may be of a type that is younger than the stored trust data.
  if (saved.licences.length > 0 || hasConsents(saved.history)) await trustStore.refresh()
  const known = trust.value
  const total = saved.licences.length + saved.history.length
  const checking = (done: number): void => onProgress({ step: 'checking', done, total })
  const licences = await genuineOf(saved.licences, known, checking)
  const history: HistoryEntry[] = []
  for (const entry of saved.history) {
    checking(saved.licences.length + history.length)
    history.push(await restoredEntry(entry, { trust: known, now: now() }))
  }
  onProgress({ step: 'storing' })
  const added = await keepRestored({ licences, history })
  const present = licences.length - added.licences.length
  return {
    licences: added.licences.length,
    entries: added.history.length,
    here: present + saved.history.length - added.history.length,
    refused: saved.licences.length - licences.length,
    dropped: receipts - countReceipts(history),
  }
}

async function genuineOf(
  saved: readonly SavedLicence[],
  known: Trust | undefined,
  onChecked: (done: number) => void,
): Promise<readonly HeldLicence[]> {
  if (saved.length === 0) {
    return []
  }
  if (known === undefined) {
    throw fault('network/unreachable')
  }
  const genuine: HeldLicence[] = []
  for (const [done, licence] of saved.entries()) {
    onChecked(done)
    try {
      genuine.push(await restoredLicence({ saved: licence, trust: known, now: now() }))
    } catch (error) {
      if (!(error instanceof Fault)) {
        throw error
      }
    }
  }
  return genuine
}

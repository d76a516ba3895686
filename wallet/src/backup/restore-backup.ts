/** Restoring a backup into this wallet: everything is read and checked first, then stored in one transaction (WA01, WA05). */
import { Fault, fault } from '@onetrip/codec'
import type { HeldLicence } from '../held-licence.ts'
import { keepRestored, now, trust, trustStore } from '../wallet-state.ts'
import { parseBackup, type SavedLicence } from './backup-document.ts'
import { type BackupFile, openBackup } from './backup-file.ts'
import { parseRecoveryCode } from './recovery-code.ts'
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
  const licences = await genuineOf(saved.licences, onProgress)
  onProgress({ step: 'storing' })
  const added = await keepRestored({ licences, history: saved.history })
  const present = licences.length - added.licences.length
  return {
    licences: added.licences.length,
    entries: added.history.length,
    here: present + saved.history.length - added.history.length,
    refused: saved.licences.length - licences.length,
  }
}

async function genuineOf(
  saved: readonly SavedLicence[],
  onProgress: (progress: RestoreProgress) => void,
): Promise<readonly HeldLicence[]> {
  if (saved.length === 0) {
    return []
  }
  // As when one is received: it may be of a type that is younger than the stored trust data.
  await trustStore.refresh()
  const known = trust.value
  if (known === undefined) {
    throw fault('network/unreachable')
  }
  const genuine: HeldLicence[] = []
  for (const [done, licence] of saved.entries()) {
    onProgress({ step: 'checking', done, total: saved.length })
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

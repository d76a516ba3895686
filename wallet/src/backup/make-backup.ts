/** Making a backup of what this wallet holds; the code goes nowhere but to the holder. */
import { platformRandom } from '../platform-random.ts'
import { walletStore } from '../wallet-state.ts'
import { encodeBackup } from './backup-document.ts'
import { sealBackup } from './backup-file.ts'
import { parseRecoveryCode } from './recovery-code.ts'

/** A backup that is ready to be saved, and how much is in it. */
export interface MadeBackup {
  readonly bytes: Uint8Array
  readonly licences: number
  readonly entries: number
  /** Records that cannot be opened, and are not in it. */
  readonly leftOut: number
}

/** Seals licences and history under a code; `backup/too-large`, `storage/*`. */
export async function makeBackup(code: string): Promise<MadeBackup> {
  const [licences, history] = await Promise.all([walletStore().licences(), walletStore().history()])
  const bytes = await sealBackup({
    document: encodeBackup({ licences: licences.opened, history: history.opened }),
    secret: parseRecoveryCode(code),
    subtle: crypto.subtle,
    random: platformRandom,
  })
  return {
    bytes,
    licences: licences.opened.length,
    entries: history.opened.length,
    leftOut: licences.unreadable + history.unreadable,
  }
}

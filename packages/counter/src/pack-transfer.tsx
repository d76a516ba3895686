/** Trust data of this counter by file. */

import type { PackSource } from '@onetrip/trust'
import {
  createPackImporter,
  type PackImporter,
  PackPanel,
  packFileName,
  saveFile,
} from '@onetrip/ui'
import type { VNode } from 'preact'
import { tick } from './clock.ts'
import { keepPackReceipts, trustStore } from './counter-state.ts'
import { renewFromPack } from './enrolment/enrolment-keeper.ts'

/** Imports packs into this counter, chosen or dropped. */
export const packImporter: PackImporter = createPackImporter(trustStore, takeRest)

async function takeRest(pack: PackSource): Promise<void> {
  await renewFromPack(pack)
  // The trust data are in use; receipts that cannot be had, a code has to bring.
  await keepPackReceipts(pack).catch(() => undefined)
}

/** The panel; it exports once there is something to export. */
export function CounterPackPanel(): VNode {
  const exporting = trustStore.state.value.phase === 'ready' ? { onExport: exportPack } : {}
  return <PackPanel importer={packImporter} now={tick.value} {...exporting} />
}

async function exportPack(): Promise<void> {
  const state = trustStore.state.value
  if (state.phase !== 'ready') return
  saveFile({
    name: packFileName(state.trust),
    content: await trustStore.exportPack(),
    mediaType: 'application/octet-stream',
  })
}

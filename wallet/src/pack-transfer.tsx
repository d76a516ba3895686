/** Trust data of this wallet by file. */
import { createPackImporter, type PackImporter, PackPanel } from '@onetrip/ui'
import type { VNode } from 'preact'
import { now, trustStore } from './wallet-state.ts'

/** Imports packs into this wallet, chosen or dropped. */
export const packImporter: PackImporter = createPackImporter(trustStore)

/** The panel. */
export function WalletPackPanel(): VNode {
  return <PackPanel importer={packImporter} now={now()} />
}

/** Every command: what it understands, and its module, loaded when asked for, so that verifying does not load the server. */
import type { CommandSpec } from './command-spec.ts'
import { apiKeySpec } from './specs/api-key.ts'
import { archiveSpec } from './specs/archive.ts'
import { artefactsSpec } from './specs/artefacts.ts'
import { backupSpec, mirrorSpec, restoreSpec } from './specs/backup.ts'
import { demoSpec } from './specs/demo.ts'
import { inspectSpec } from './specs/inspect.ts'
import { keysAnnounceSpec } from './specs/keys-announce.ts'
import { keysListSpec } from './specs/keys-list.ts'
import { keysRetireSpec } from './specs/keys-retire.ts'
import { keysRevokeSpec } from './specs/keys-revoke.ts'
import {
  logActsSpec,
  logAuditSpec,
  logMonitorSpec,
  logProveSpec,
  logVerifySpec,
  logWitnessKeyCreateSpec,
  logWitnessSpec,
} from './specs/log.ts'
import { packImportSpec, packMakeSpec, packShowSpec } from './specs/pack.ts'
import { registerSpec } from './specs/register.ts'
import {
  sealApplySpec,
  sealDecideSpec,
  sealListSpec,
  sealPutSpec,
  sealRecordSpec,
  sealRequestSpec,
  sealStepSpec,
} from './specs/seal.ts'
import { serveSpec } from './specs/serve.ts'
import { staffSpec } from './specs/staff.ts'
import { statusShowSpec } from './specs/status-show.ts'
import { trustKeyCreateSpec } from './specs/trust-key-create.ts'
import { trustOnlineKeysSpec } from './specs/trust-online-keys.ts'
import { trustPublishSpec } from './specs/trust-publish.ts'
import { trustRootCreateSpec } from './specs/trust-root-create.ts'
import { trustRootRotateSpec } from './specs/trust-root-rotate.ts'
import { trustRootShowSpec } from './specs/trust-root-show.ts'
import { trustRootSignSpec } from './specs/trust-root-sign.ts'
import { trustShowSpec } from './specs/trust-show.ts'
import { trustTargetsDraftSpec } from './specs/trust-targets-draft.ts'
import { trustTargetsSignSpec } from './specs/trust-targets-sign.ts'
import { verifySpec } from './specs/verify.ts'
import type { Command } from './usage.ts'

/** A row of the table. */
export interface CommandEntry {
  readonly spec: CommandSpec
  readonly load: () => Promise<Command>
}

/** In the order that help shows them. */
export const COMMANDS: readonly CommandEntry[] = [
  { spec: verifySpec, load: async () => (await import('./verify-command.ts')).runVerify },
  { spec: inspectSpec, load: async () => (await import('./inspect-command.ts')).runInspect },
  {
    spec: statusShowSpec,
    load: async () => (await import('./status-show-command.ts')).runStatusShow,
  },
  { spec: trustShowSpec, load: async () => (await import('./trust-show-command.ts')).runTrustShow },
  {
    spec: trustKeyCreateSpec,
    load: async () => (await import('./trust-key-create-command.ts')).runTrustKeyCreate,
  },
  {
    spec: trustOnlineKeysSpec,
    load: async () => (await import('./trust-online-keys-command.ts')).runTrustOnlineKeys,
  },
  {
    spec: trustRootCreateSpec,
    load: async () => (await import('./trust-root-create-command.ts')).runTrustRootCreate,
  },
  {
    spec: trustRootSignSpec,
    load: async () => (await import('./trust-root-sign-command.ts')).runTrustRootSign,
  },
  {
    spec: trustRootRotateSpec,
    load: async () => (await import('./trust-root-rotate-command.ts')).runTrustRootRotate,
  },
  {
    spec: trustRootShowSpec,
    load: async () => (await import('./trust-root-show-command.ts')).runTrustRootShow,
  },
  {
    spec: trustTargetsDraftSpec,
    load: async () => (await import('./trust-targets-draft-command.ts')).runTrustTargetsDraft,
  },
  {
    spec: trustTargetsSignSpec,
    load: async () => (await import('./trust-targets-sign-command.ts')).runTrustTargetsSign,
  },
  {
    spec: trustPublishSpec,
    load: async () => (await import('./trust-publish-command.ts')).runTrustPublish,
  },
  { spec: packMakeSpec, load: async () => (await import('./pack-make-command.ts')).runPackMake },
  { spec: packShowSpec, load: async () => (await import('./pack-show-command.ts')).runPackShow },
  {
    spec: packImportSpec,
    load: async () => (await import('./pack-import-command.ts')).runPackImport,
  },
  { spec: keysListSpec, load: async () => (await import('./keys-list-command.ts')).runKeysList },
  {
    spec: keysAnnounceSpec,
    load: async () => (await import('./keys-announce-command.ts')).runKeysAnnounce,
  },
  {
    spec: keysRetireSpec,
    load: async () => (await import('./keys-retire-command.ts')).runKeysRetire,
  },
  {
    spec: keysRevokeSpec,
    load: async () => (await import('./keys-revoke-command.ts')).runKeysRevoke,
  },
  { spec: logVerifySpec, load: async () => (await import('./log-verify-command.ts')).runLogVerify },
  { spec: logProveSpec, load: async () => (await import('./log-prove-command.ts')).runLogProve },
  { spec: logActsSpec, load: async () => (await import('./log-acts-command.ts')).runLogActs },
  { spec: logAuditSpec, load: async () => (await import('./log-audit-command.ts')).runLogAudit },
  {
    spec: logMonitorSpec,
    load: async () => (await import('./log-monitor-command.ts')).runLogMonitor,
  },
  {
    spec: logWitnessKeyCreateSpec,
    load: async () => (await import('./log-witness-key-create-command.ts')).runLogWitnessKeyCreate,
  },
  {
    spec: logWitnessSpec,
    load: async () => (await import('./log-witness-command.ts')).runLogWitness,
  },
  { spec: artefactsSpec, load: async () => (await import('./artefacts-command.ts')).runArtefacts },
  { spec: demoSpec, load: async () => (await import('./demo-command.ts')).runDemo },
  { spec: archiveSpec, load: async () => (await import('./archive-command.ts')).runArchive },
  { spec: backupSpec, load: async () => (await import('./backup-commands.ts')).runBackup },
  { spec: mirrorSpec, load: async () => (await import('./mirror-command.ts')).runMirror },
  { spec: restoreSpec, load: async () => (await import('./backup-commands.ts')).runRestore },
  { spec: serveSpec, load: async () => (await import('./serve-command.ts')).runServe },
  { spec: sealListSpec, load: async () => (await import('./seal/seal-commands.ts')).runSealList },
  { spec: sealApplySpec, load: async () => (await import('./seal/seal-commands.ts')).runSealApply },
  { spec: sealStepSpec, load: async () => (await import('./seal/seal-commands.ts')).runSealStep },
  {
    spec: sealRecordSpec,
    load: async () => (await import('./seal/seal-commands.ts')).runSealRecord,
  },
  {
    spec: sealRequestSpec,
    load: async () => (await import('./seal/seal-commands.ts')).runSealRequest,
  },
  {
    spec: sealDecideSpec,
    load: async () => (await import('./seal/seal-commands.ts')).runSealDecide,
  },
  { spec: sealPutSpec, load: async () => (await import('./seal/seal-commands.ts')).runSealPut },
  { spec: registerSpec, load: async () => (await import('./register-command.ts')).runRegister },
  { spec: apiKeySpec, load: async () => (await import('./api-key-command.ts')).runApiKey },
  { spec: staffSpec, load: async () => (await import('./staff-command.ts')).runStaff },
]

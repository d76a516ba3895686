/** The server: issuing, status, OpenID4VCI, trust data and the demo desk, on Hono and SQLite. */
export { type ApiKeyRequest, authenticate, createApiKey } from './actors/api-keys.ts'
export { createApp } from './app.ts'
export {
  type ClosedBetween,
  type ClosedCase,
  closedCase,
  closedCases,
  packClosedCase,
  packerNamed,
} from './archive/closed-cases.ts'
export type { BackupList } from './backup/backup-list.ts'
export type { Replayed } from './backup/replay-published.ts'
export { type RestoreOrder, restoreBackup } from './backup/restore-backup.ts'
export { writeBackup } from './backup/write-backup.ts'
export { registerGuide } from './cases/guides.ts'
export { type Config, ConfigError, loadConfig } from './config.ts'
export { configLines } from './config-table.ts'
export { type DemoMember, ROLE_NAMES, seedStaff } from './demo/demo-staff.ts'
export { seedSeals } from './demo/seed-seals.ts'
export { createFaceApp } from './face-app.ts'
export {
  createKeyFile,
  MAX_KEY_FILE_BYTES,
  MIN_PASSPHRASE_CHARS,
  openKeyFile,
} from './keys/key-file.ts'
export { readPageText } from './pdf-pages/read-page-text.ts'
export { auditRecord, type KeptCheckpoint, type RecordFault } from './record/audit.ts'
export { cosignedNote, newestCosigned } from './record/cosigned-note.ts'
export { recordKey } from './record/integrate.ts'
export type { Actor } from './rights/actor.ts'
export { ROLES, type Role, STAFF_ROLES, type StaffRole } from './rights/rights.ts'
export { type SeededOffer, seedDemo } from './seed.ts'
export { type OpenOptions, openParts, openServices, type Services } from './services.ts'
export { giveRole } from './staff/grants.ts'
export { registerMember } from './staff/members.ts'
export { type FaceFolders, type RunningServer, startServer } from './start-server.ts'
export { registerAgency, registerOffice, registerType } from './trust-data/agencies.ts'
export { type BroughtFiles, bringOffline, type KeptFile } from './trust-data/bring-offline.ts'
export { draftNextTargets } from './trust-data/draft-next-targets.ts'
export {
  announceKey,
  LIVING_PURPOSES,
  type LivingKey,
  listKeys,
  operatorNamed,
  retireKey,
  revokeKey,
} from './trust-data/key-lives.ts'
export { currentRoot, isPublishable } from './trust-data/offline-roles.ts'
export { publishedPack } from './trust-data/publish-pack.ts'
export {
  type RecognitionEntry,
  registerCatalogue,
  registerRecognition,
} from './trust-data/recognition.ts'
export { registerSealMaker } from './trust-data/seal-makers.ts'
export { metadataFile, targetFile } from './trust-data/serve-repository.ts'
export { registerTimeStamper } from './trust-data/time-stampers.ts'
export {
  type OnlineRole,
  onlineKeys,
  renewOnlineKeys,
  rolesWithOlderKeys,
} from './trust-data/trust-keys.ts'
export { type RunningWitness, startWitness } from './witness/start-witness.ts'
export {
  createWitness,
  type Witness,
  type WitnessParts,
  type WitnessReply,
} from './witness/witness.ts'
export { openWitnessState, type WitnessState } from './witness/witness-state.ts'

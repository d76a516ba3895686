/** Where each document stands among the targets of the trust repository (ARCHITECTURE §5). */

/** Targets of the offline role `targets`, and what the online roles add. */
export const TARGET = {
  /** Agencies, offices and their keys. */
  trustList: 'trust-list.json',
  /** Matters with their materials. */
  catalogue: 'catalogue.json',
  /** Other jurisdictions. */
  recognition: 'recognition.json',
  /** The paths of all targets of the role `targets`. */
  names: 'names.json',
  /** The paths of all targets of the status roles. */
  statusNames: 'status/names.json',
  denyList: 'deny/list.json',
  /** Checkpoints of the logs. */
  checkpoints: 'log/checkpoints.json',
} as const

/** The role that denies. */
export const DENY_ROLE = 'deny'

/** The role that publishes checkpoints of logs; its paths are `log/*`. */
export const LOG_ROLE = 'log'

/** How many roles share the status lists, so that one change signs little anew. */
export const STATUS_ROLES = 16

const STATUS_TARGET = /^status\/(?:[1-9]|1[0-6])\/([1-9][0-9]{0,8})\.(cwt|jwt)$/
const REGISTER_TARGET = /^status\/(?:[1-9]|1[0-6])\/[1-9][0-9]{0,8}\.seals$/
const STATUS_PATH = /^status\/([1-9]|1[0-6])\//
const RECOGNISED_ROOT = /^recognition\/[a-z0-9-]{1,32}\.root\.json$/
const DOCUMENTS: readonly string[] = [TARGET.trustList, TARGET.catalogue, TARGET.recognition]
const TYPE_TARGET = /^types\/[0-9A-Z]{21}\/[1-9][0-9]{0,2}\.json$/

/** The target of a version of a type definition. */
export function typeTarget(type: { readonly typeCode: string; readonly version: number }): string {
  return `types/${type.typeCode}/${type.version}.json`
}

/** Whether a path is a type definition's. */
export function isTypeTarget(path: string): boolean {
  return TYPE_TARGET.test(path)
}

/** The role that signs for the status list with this number. */
export function statusRoleOf(list: number): string {
  return `status-${((list - 1) % STATUS_ROLES) + 1}`
}

/** The target of one form of the status list with this number. */
export function statusTarget(list: number, form: 'cwt' | 'jwt'): string {
  return `status/${((list - 1) % STATUS_ROLES) + 1}/${list}.${form}`
}

/** The target of the register of the seals that have their entries in the status list with this number. */
export function registerTarget(list: number): string {
  return `status/${((list - 1) % STATUS_ROLES) + 1}/${list}.seals`
}

/** Whether a path is a document of the role `targets` that verifiers read; a later version may add others. */
export function isDocumentTarget(path: string): boolean {
  return DOCUMENTS.includes(path) || isTypeTarget(path) || RECOGNISED_ROOT.test(path)
}

/** The role whose paths this one is among; undefined when it is no status role's. */
export function statusRoleOfTarget(path: string): string | undefined {
  const number = STATUS_PATH.exec(path)?.[1]
  return number === undefined ? undefined : `status-${number}`
}

/** Whether a path is a status list in CWT form, the one form that verifiers fetch. */
export function isStatusTarget(path: string): boolean {
  return STATUS_TARGET.exec(path)?.[2] === 'cwt'
}

/** Whether a path is a seal register's. */
export function isRegisterTarget(path: string): boolean {
  return REGISTER_TARGET.test(path)
}

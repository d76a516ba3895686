/** What can be allowed, and to whom: the rights of each role of staff and of each role of an API key. Nothing else is allowed. */

/** Rights; a route asks for one of them ({@link ./route-rights.ts}). */
export const RIGHTS = [
  /** Issues a licence at once, without a case: for an agency's own system, no role of staff has it. */
  'issue',
  /** Gives out what was issued: a further offer, a paper code, a printed licence. */
  'hand-out',
  /** Tries files with many licences, and asks for them to be issued. */
  'request-batches',
  /** Approves batches that others asked for, as a second person. */
  'approve-batches',
  /** Suspends, reinstates and revokes licences. */
  'change-status',
  /** Reads the agency's licences. */
  'read',
  /** Gives out the agency's register as a file. */
  'export',
  /** Confirms and denies counters of its offices. */
  'enrol',
  /** Asks holders for licences over the network, in the name of its offices. */
  'ask',
  /** Applies for its organisation's seals, suspends, changes and cancels them, and reads their records. */
  'own-seals',
  /** Makes and registers seals for its seal makers. */
  'make-seals',
  /** Asks for a seal on files, and fetches what was sealed. */
  'request-seal',
  /** Approves or refuses what others asked for. */
  'keep-seals',
  /** Reads what was done in the name of its organisation. */
  'read-log',
  /** Reads what everybody did: the record of all organisations. */
  'audit',
  /** Accepts matters, returns them for correction, and takes in materials. */
  'accept-cases',
  /** Reviews the parts of a matter that fall to its organisation. */
  'review-cases',
  /** Decides a matter, as a second person. */
  'approve-cases',
  /** Reads cases. */
  'read-cases',
  /** Reads its organisation's keys, and what is published of them. */
  'read-keys',
  /** Announces and retires its organisation's keys, and has published what can be. */
  'manage-keys',
  /** Reads who works for the organisation, and with which roles. */
  'read-staff',
  /** Registers members, gives and takes roles, ends sessions. */
  'manage-staff',
] as const
/** One of {@link RIGHTS}. */
export type Right = (typeof RIGHTS)[number]

/** Roles of staff. */
export const STAFF_ROLES = [
  'clerk',
  'reviewer',
  'approver',
  'seal-keeper',
  'auditor',
  'administrator',
] as const
/** One of {@link STAFF_ROLES}. */
export type StaffRole = (typeof STAFF_ROLES)[number]

/** What each role of staff allows. */
export const ROLE_RIGHTS: Readonly<Record<StaffRole, readonly Right[]>> = {
  clerk: [
    'read',
    'hand-out',
    'request-batches',
    'ask',
    'request-seal',
    'accept-cases',
    'read-cases',
  ],
  reviewer: ['read', 'review-cases', 'read-cases'],
  approver: [
    'read',
    'change-status',
    'approve-batches',
    'request-seal',
    'approve-cases',
    'read-cases',
  ],
  'seal-keeper': ['own-seals', 'keep-seals', 'read-cases'],
  auditor: ['read', 'export', 'read-log', 'read-keys', 'read-cases', 'read-staff'],
  administrator: ['enrol', 'read-keys', 'manage-keys', 'read-staff', 'manage-staff'],
}

/**
 * Roles that nobody has together in one organisation: whoever says who may approve and seal does neither
 * (separation of duty, GB/T 22239-2019 §8.1.4.2).
 */
export const SEPARATE_ROLES: Readonly<Partial<Record<StaffRole, readonly StaffRole[]>>> = {
  administrator: ['approver', 'seal-keeper'],
  approver: ['administrator'],
  'seal-keeper': ['administrator'],
}

/** Roles of an API key. */
export const ROLES = [
  'issue',
  'change-status',
  'read',
  'enrol',
  'ask',
  'own-seals',
  'make-seals',
  'request-seal',
  'keep-seals',
  'audit',
  'accept-cases',
  'review-cases',
  'approve-cases',
] as const
/** One of {@link ROLES}. */
export type Role = (typeof ROLES)[number]

/** What each role of a key allows: the right of its name, and what belongs to it. */
export const KEY_ROLE_RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  issue: ['issue', 'hand-out', 'request-batches'],
  'change-status': ['change-status'],
  read: ['read', 'export', 'read-log', 'read-keys'],
  enrol: ['enrol'],
  ask: ['ask'],
  'own-seals': ['own-seals'],
  'make-seals': ['make-seals'],
  'request-seal': ['request-seal'],
  'keep-seals': ['keep-seals'],
  audit: ['audit'],
  'accept-cases': ['accept-cases', 'read-cases', 'hand-out'],
  'review-cases': ['review-cases', 'read-cases'],
  'approve-cases': ['approve-cases', 'read-cases'],
}

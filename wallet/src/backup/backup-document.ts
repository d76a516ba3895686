/**
 * What a backup holds, as deterministic CBOR (RFC 8949 §4.2.1): of each licence its two credentials and what its holder did
 * with it, and the history; never a key. What stands on a card is not in it: that is read from the credentials again.
 */
import {
  type CborMap,
  type CborValue,
  decodeCbor,
  encodeCbor,
  Fault,
  fault,
  isArray,
  isBytes,
  isMap,
} from '@onetrip/codec'
import type { HeldLicence } from '../held-licence.ts'
import type { HistoryEntry } from '../history-entry.ts'
import { parseEntry } from '../stored-shape.ts'
import { MAX_BACKUP_BYTES } from './backup-file.ts'

/** A licence as it is saved. */
export interface SavedLicence {
  readonly sdCwt: Uint8Array
  readonly sdJwt: string
  /** Members of {@link HeldLicence} that its credentials do not state, not checked yet. */
  readonly past: object
}

/** Everything that is saved. */
export interface BackupContents {
  readonly licences: readonly SavedLicence[]
  readonly history: readonly HistoryEntry[]
}

/** Encodes what a wallet holds. */
export function encodeBackup(held: {
  readonly licences: readonly HeldLicence[]
  readonly history: readonly HistoryEntry[]
}): Uint8Array {
  return encodeCbor(cborOf({ licences: held.licences.map(savedOf), history: held.history }))
}

/** Reads a document; `backup/corrupt`. */
export function parseBackup(document: Uint8Array): BackupContents {
  try {
    const read = decodeCbor(document, {
      maxBytes: MAX_BACKUP_BYTES,
      // It was sealed under the holder's own code: only its length is bounded.
      maxItems: MAX_BACKUP_BYTES,
      floats: false,
    })
    const [licences, history] = membersOf(read, ['licences', 'history'])
    if (!isArray(licences) || !isArray(history)) {
      throw fault('backup/corrupt')
    }
    return {
      licences: licences.map(parseSaved),
      history: history.map((entry) => parseEntry(plainOf(entry))),
    }
  } catch (error) {
    throw error instanceof Fault ? fault('backup/corrupt') : error
  }
}

/** Its members by name: what is added to a licence, another copy's keys for one, is in no backup by itself. */
function savedOf(licence: HeldLicence): SavedLicence {
  const { sdCwt, sdJwt, receivedAt, shownCount, lastShownAt, copies, reminded } = licence
  return {
    sdCwt,
    sdJwt,
    past: {
      receivedAt,
      shownCount,
      ...(lastShownAt === undefined ? {} : { lastShownAt }),
      copies,
      ...(reminded === undefined ? {} : { reminded }),
    },
  }
}

function parseSaved(value: CborValue): SavedLicence {
  const [sdCwt, sdJwt, past] = membersOf(value, ['sdCwt', 'sdJwt', 'past'])
  if (!isBytes(sdCwt) || typeof sdJwt !== 'string' || !isMap(past)) {
    throw fault('backup/corrupt')
  }
  return { sdCwt: sdCwt.slice(), sdJwt, past: plainMembers(past) }
}

/** The members of a map that has exactly these. */
function membersOf(value: CborValue, names: readonly string[]): readonly (CborValue | undefined)[] {
  if (!isMap(value) || value.size !== names.length) {
    throw fault('backup/corrupt')
  }
  return names.map((name) => value.get(name))
}

function cborOf(value: unknown): CborValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value
  }
  if (value instanceof Uint8Array) {
    return value
  }
  if (Array.isArray(value)) {
    return value.map(cborOf)
  }
  if (typeof value !== 'object' || value === null) {
    throw new TypeError('not a stored record')
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return new Map(members.map(([name, member]) => [name, cborOf(member)]))
}

function plainOf(value: CborValue): unknown {
  if (isArray(value)) {
    return value.map(plainOf)
  }
  if (isMap(value)) {
    return plainMembers(value)
  }
  // A view would keep the whole document in memory, and in the database.
  return isBytes(value) ? value.slice() : value
}

function plainMembers(map: CborMap): object {
  return Object.fromEntries([...map].map(([name, member]) => [name, plainOf(member)]))
}

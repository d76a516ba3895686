/** Snapshot and timestamp metadata: which version of which file is current (TUF §4.4, §4.6). */
import { fault, type JsonObject } from '@onetrip/codec'
import { integerMember, objectMember, sha256Member } from './json-members.ts'
import type { TufMetaFile, TufSnapshot, TufTimestamp } from './metadata.ts'
import { parseCommon } from './parse-common.ts'

const SNAPSHOT_FILE = 'snapshot.json'
const TARGETS_FILE = 'targets.json'

/** Reads the signed part of a timestamp file, which must name the snapshot and nothing else. Throws `trust/format`. */
export function parseTimestamp(signed: JsonObject): TufTimestamp {
  const common = parseCommon(signed, 'timestamp')
  const meta = objectMember(signed, 'meta')
  if (Object.keys(meta).length !== 1) throw fault('trust/format')
  return { ...common, snapshot: parseMetaFile(objectMember(meta, SNAPSHOT_FILE)) }
}

/** Reads the signed part of a snapshot file, which must list the top-level targets. Throws `trust/format`. */
export function parseSnapshot(signed: JsonObject): TufSnapshot {
  const common = parseCommon(signed, 'snapshot')
  const json = objectMember(signed, 'meta')
  const meta = new Map(
    Object.keys(json).map((name) => [name, parseMetaFile(objectMember(json, name))]),
  )
  if (!meta.has(TARGETS_FILE)) throw fault('trust/format')
  return { ...common, meta }
}

function parseMetaFile(json: JsonObject): TufMetaFile {
  return {
    version: integerMember(json, 'version', 1),
    length: json['length'] === undefined ? undefined : integerMember(json, 'length', 1),
    sha256: json['hashes'] === undefined ? undefined : sha256Member(json),
  }
}

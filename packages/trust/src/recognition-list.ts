/**
 * The recognition list (互认): whose licences count here besides our own. An entry names another
 * jurisdiction's root and the licence types it is accepted for. Chains have length one: what the other one recognises is nothing to us.
 */
import { fault, fromBase64url, type JsonValue } from '@onetrip/codec'
import { isTypeCode } from '@onetrip/credential'
import type { DisplayName } from './trust-list.ts'
import {
  arrayOf,
  assertMembers,
  assertUnique,
  objectOf,
  parseName,
  textOf,
} from './trust-list-members.ts'

const MAX_JURISDICTIONS = 64
const DIGEST_BYTES = 32
const JURISDICTION_ID = /^[a-z0-9-]{1,32}$/
const REPOSITORY_URL = /^https?:\/\/[\x21-\x7e]{1,500}\/$/

/** Another jurisdiction whose licences are accepted. */
export interface Recognition {
  /** Lower-case letters, digits and hyphens; the folder of its mirror. */
  readonly id: string
  readonly name: DisplayName
  /** The address of its TUF repository, ending in `/`. */
  readonly repository: string
  /** SHA-256 of its root metadata's bytes, base64url; the file is the target `recognition/<id>.root.json`. */
  readonly rootDigest: string
  /** Type codes that are accepted from it. */
  readonly types: readonly string[]
}

/** Reads `{format: 1, jurisdictions: […]}`. Throws trust/format. */
export function parseRecognitionList(json: JsonValue): readonly Recognition[] {
  const list = objectOf(json)
  assertMembers(list, { required: ['format', 'jurisdictions'] })
  const entries = arrayOf(list['jurisdictions'])
  if (list['format'] !== 1 || entries.length > MAX_JURISDICTIONS) throw fault('trust/format')
  const recognitions = entries.map(parseRecognition)
  assertUnique(recognitions.map(({ id }) => id))
  return recognitions
}

/** The target that holds a recognised jurisdiction's root metadata. */
export function rootTargetOf({ id }: Pick<Recognition, 'id'>): string {
  return `recognition/${id}.root.json`
}

function parseRecognition(json: JsonValue): Recognition {
  const entry = objectOf(json)
  assertMembers(entry, { required: ['id', 'name', 'repository', 'rootDigest', 'types'] })
  const id = textOf(entry['id'])
  const repository = textOf(entry['repository'])
  const rootDigest = textOf(entry['rootDigest'])
  const types = arrayOf(entry['types']).map(textOf)
  const isWhole =
    JURISDICTION_ID.test(id) && REPOSITORY_URL.test(repository) && types.every(isTypeCode)
  if (!isWhole || fromBase64url(rootDigest).length !== DIGEST_BYTES) throw fault('trust/format')
  assertUnique(types)
  return { id, name: parseName(entry['name']), repository, rootDigest, types }
}

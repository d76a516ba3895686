/** What a status role says of one list, as text in the database and as targets. */
import { encodeJson, isObject, parseJson } from '@onetrip/codec'
import { describeTarget, registerTarget, statusTarget, type TufTarget } from '@onetrip/trust'
import type { PublishedForms } from '../status-lists/publish-status-list.ts'

/** A target with its path. */
export interface ListedTarget extends TufTarget {
  readonly path: string
}

/** A target with its bytes. */
export interface TargetBytes extends ListedTarget {
  readonly bytes: Uint8Array
}

/** What is published of a list as targets. */
export function targetsOfList(listId: number, { bodies }: PublishedForms): readonly TargetBytes[] {
  return bodies.map(({ form, body }) => ({
    path: form === 'seals' ? registerTarget(listId) : statusTarget(listId, form),
    bytes: body,
    ...describeTarget(body),
  }))
}

/** JSON text `[{path, length, sha256}]`. */
export function encodeListed(targets: readonly ListedTarget[]): string {
  return encodeJson(targets.map(({ path, length, sha256 }) => ({ path, length, sha256 })))
}

/** The inverse of {@link encodeListed}. */
export function decodeListed(text: string): readonly ListedTarget[] {
  const listed = parseJson(text)
  if (!Array.isArray(listed)) throw new TypeError('tuf_status: targets are no array')
  return listed.map((entry) => {
    if (!isObject(entry)) throw new TypeError('tuf_status: a target is no object')
    const { path, length, sha256 } = entry
    if (typeof path !== 'string' || typeof length !== 'number' || typeof sha256 !== 'string') {
      throw new TypeError('tuf_status: a target lacks a member')
    }
    return { path, length, sha256, custom: undefined }
  })
}

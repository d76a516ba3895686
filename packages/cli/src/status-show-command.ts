/** `onetrip status show`: a status list by its numbers, or one entry of it. */
import type { JsonObject } from '@onetrip/codec'
import {
  decodeStatusList,
  type LicenceStatus,
  MAX_LIST_BYTES,
  openStatusList,
  readUnverifiedStatusList,
  type StatusList,
  type StatusListToken,
  statusOf,
} from '@onetrip/status'
import { readArguments } from './command-spec.ts'
import { renderTree } from './inspect/render-tree.ts'
import { statusListTree } from './inspect/status-list-tree.ts'
import { loadPublicJwk } from './load-public-jwk.ts'
import { parseTime } from './parse-time.ts'
import { printableJson } from './printable.ts'
import { readFileOrInput } from './read-limited.ts'
import { statusShowSpec } from './specs/status-show.ts'
import { textOrBytes } from './text-or-bytes.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

type Value = LicenceStatus | 'unknown'

const EXIT_OF: Readonly<Record<Value, number>> = {
  valid: EXIT.valid,
  revoked: EXIT.invalid,
  suspended: EXIT.invalid,
  unknown: EXIT.unverifiable,
}

/** Prints the list; throws the `Fault` of a list that is no good, `status/index` for an index outside it. */
export async function runStatusShow(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(statusShowSpec, context.args)
  const [file = ''] = operands
  const index = values.index === undefined ? undefined : parseIndex(values.index)
  const at = values.at === undefined ? context.now() : parseTime(values.at)
  const key = values.key === undefined ? undefined : await loadPublicJwk(values.key)
  const bytes = await readFileOrInput(context, file, MAX_LIST_BYTES + 1)
  const token = decodeStatusList(textOrBytes(bytes))
  const list =
    key === undefined ? readUnverifiedStatusList(token) : await openStatusList(token, key)
  const isExpired = list.expiresAt !== undefined && at >= list.expiresAt
  const value = index === undefined ? undefined : statusOf(list.get(index))
  const parts: JsonObject = {
    verified: key !== undefined,
    expired: isExpired,
    ...(index === undefined || value === undefined ? {} : { index, value }),
    ...listTree(token, list),
  }
  context.print(values.json ? printableJson(parts) : describe(parts))
  if (value === undefined) return EXIT.valid
  // An answer that nobody vouches for, or no longer, is no answer.
  return key === undefined || isExpired ? EXIT.unverifiable : EXIT_OF[value]
}

function listTree(token: StatusListToken, list: StatusList): JsonObject {
  const counts: Record<Value, number> = { valid: 0, suspended: 0, revoked: 0, unknown: 0 }
  for (let index = 0; index < list.size; index++) counts[statusOf(list.get(index))]++
  return { ...statusListTree(token), size: list.size, counts }
}

function describe({ verified, ...parts }: JsonObject): string {
  const title = verified
    ? 'a status list, signed by the key given'
    : 'a status list; its signature was not verified (no --key)'
  return [title, ...renderTree(parts)].join('\n')
}

function parseIndex(text: string): number {
  if (!/^\d{1,8}$/.test(text)) throw new UsageError('--index wants a number')
  return Number(text)
}

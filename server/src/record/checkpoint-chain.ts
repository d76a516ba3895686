/**
 * What a checkpoint's note does not sign, its time and which one stood before it, is held by an HMAC under a key of this server:
 * whoever has the database alone changes no time and takes no checkpoint out from between two others.
 */
import { createHmac } from 'node:crypto'
import type { Services } from '../services.ts'
import type { LogCheckpointTable } from '../storage/record-schema.ts'

/** The link of a checkpoint's row to the one before, base64url; `before` is the size of that one, 0 for the first. */
export function chainLink(
  { keys }: Pick<Services, 'keys'>,
  { size, root, at }: Pick<LogCheckpointTable, 'size' | 'root' | 'at'>,
  before: number,
): string {
  return createHmac('sha256', keys.secret('record-chain'))
    .update(`${before} ${size} ${root} ${at}`)
    .digest('base64url')
}

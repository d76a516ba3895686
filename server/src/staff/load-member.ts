/** A member of staff by their id. */
import { fault } from '@onetrip/codec'
import type { StorageReader } from '../storage/database.ts'
import type { StaffTable } from './staff-schema.ts'

/** The member; throws `staff/not-found`. */
export async function loadMember(reader: StorageReader, memberId: string): Promise<StaffTable> {
  const member = await reader
    .selectFrom('staff')
    .selectAll()
    .where('id', '=', memberId)
    .executeTakeFirst()
  if (member === undefined) throw fault('staff/not-found')
  return member
}

/** What the console has to know of who is signed in. */
import type { DisplayText } from '@onetrip/credential'
import * as v from 'valibot'
import { type Actor, type ActorSession, allowedMatters, hasRight } from '../rights/actor.ts'
import { RIGHTS, type Right } from '../rights/rights.ts'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import { loadType } from '../trust-data/agencies.ts'

const NAME: v.GenericSchema<unknown, DisplayText> = v.object({
  'zh-CN': v.string(),
  en: v.string(),
})

/** A member with their organisations, and their rights in the one for which they act. */
export interface Me {
  readonly id: string
  readonly name: string
  /** Unix seconds. */
  readonly authenticatedAt: number
  readonly agencies: readonly { readonly id: string; readonly name: DisplayText }[]
  readonly agency?: string
  readonly rights: readonly {
    readonly right: Right
    readonly matters: 'all' | readonly string[]
  }[]
  /** Types of licences that any of the rights is for, in their newest version. */
  readonly types: readonly {
    readonly code: string
    readonly version: number
    readonly name: DisplayText
    readonly rights: readonly Right[]
  }[]
}

/** Describes the member who asks. */
export async function describeMe(
  { storage }: Pick<Services, 'storage'>,
  actor: Actor,
  session: ActorSession,
): Promise<Me> {
  const { name } = await storage
    .selectFrom('actor')
    .select('name')
    .where('id', '=', actor.actorId)
    .executeTakeFirstOrThrow()
  const agencies = await Promise.all(
    session.agencies.map(async (id) => ({ id, name: await organisationName(storage, id) })),
  )
  return {
    id: session.memberId,
    name,
    authenticatedAt: session.authenticatedAt,
    agencies,
    ...(actor.agencyId === '' ? {} : { agency: actor.agencyId }),
    rights: RIGHTS.filter((right) => hasRight(actor, right)).map((right) => ({
      right,
      matters: allowedMatters(actor, right),
    })),
    types: await typesOf(storage, actor),
  }
}

async function typesOf(reader: StorageReader, { grants }: Actor): Promise<Me['types']> {
  const codes = [...new Set(grants.flatMap(({ types }) => types))].sort()
  return Promise.all(
    codes.map(async (code) => {
      const { version, name } = await loadType(reader, code)
      const own = grants.filter(({ types }) => types.includes(code))
      const rights = RIGHTS.filter((right) => own.some((grant) => grant.rights.includes(right)))
      return { code, version, name, rights }
    }),
  )
}

async function organisationName(reader: StorageReader, id: string): Promise<DisplayText> {
  const agency = reader.selectFrom('agency').select('name').where('id', '=', id)
  const office = reader.selectFrom('office').select('name').where('id', '=', id)
  const row = (await agency.executeTakeFirst()) ?? (await office.executeTakeFirstOrThrow())
  return v.parse(NAME, JSON.parse(row.name))
}

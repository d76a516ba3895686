/** Shapes of what is asked and told of staff. */
import { isMatterCode } from '@onetrip/credential'
import * as v from 'valibot'
import { plainText } from '../licences/plain-text.ts'
import { RIGHTS, STAFF_ROLES } from '../rights/rights.ts'
import type { GrantRequest } from './grants.ts'

const UNIX_SECONDS = v.pipe(v.number(), v.integer(), v.minValue(0), v.description('Unix seconds'))
const ROLE = v.picklist(STAFF_ROLES)
const RIGHT = v.picklist(RIGHTS)

/** A member to register. */
export const MEMBER_REQUEST: v.GenericSchema<
  unknown,
  { readonly subject: string; readonly name: string }
> = v.pipe(
  v.strictObject({
    subject: v.pipe(
      v.string(),
      v.regex(/^[\x21-\x7e]{1,255}$/),
      v.description('`sub` at the identity provider of staff'),
    ),
    name: v.pipe(
      plainText(60),
      v.description('As colleagues read it; namesakes need something that tells them apart'),
    ),
  }),
  v.metadata({ ref: 'MemberRequest' }),
)

/** A role to give. */
export const GRANT_REQUEST: v.GenericSchema<
  unknown,
  Omit<GrantRequest, 'memberId' | 'agencyId'>
> = v.pipe(
  v.strictObject({
    role: ROLE,
    matter: v.optional(
      v.pipe(v.string(), v.check(isMatterCode), v.description('Left out, for all matters')),
    ),
    from: v.optional(UNIX_SECONDS),
    until: v.optional(UNIX_SECONDS),
  }),
  v.metadata({ ref: 'GrantRequest' }),
)

/** How much to end. */
export const STAFF_SIGN_OUT_REQUEST: v.GenericSchema<
  unknown,
  { readonly everywhere?: boolean | undefined }
> = v.pipe(
  v.strictObject({
    everywhere: v.optional(v.pipe(v.boolean(), v.description('All sessions of this person'))),
  }),
  v.metadata({ ref: 'StaffSignOutRequest' }),
)

/** Nothing more to say. */
export const EMPTY_REQUEST: v.GenericSchema<unknown, object> = v.pipe(
  v.strictObject({}),
  v.metadata({ ref: 'EmptyRequest' }),
)

/** The id of what was made. */
export const STAFF_ID: v.GenericSchema = v.pipe(
  v.object({ id: v.string() }),
  v.metadata({ ref: 'StaffId' }),
)

/** Something is over. */
export const STAFF_ENDED: v.GenericSchema = v.pipe(
  v.object({ ended: v.literal(true) }),
  v.metadata({ ref: 'StaffEnded' }),
)

/** Who is signed in. */
export const STAFF_ME: v.GenericSchema = v.pipe(
  v.object({
    id: v.string(),
    name: v.string(),
    authenticatedAt: UNIX_SECONDS,
    agencies: v.array(
      v.object({
        id: v.string(),
        name: v.object({ 'zh-CN': v.string(), en: v.string() }),
      }),
    ),
    agency: v.optional(v.pipe(v.string(), v.description('For which this request acts'))),
    rights: v.array(
      v.object({
        right: RIGHT,
        matters: v.pipe(
          v.union([v.literal('all'), v.array(v.string())]),
          v.description('Codes of the matters it is for'),
        ),
      }),
    ),
    types: v.array(
      v.pipe(
        v.object({
          code: v.string(),
          version: v.number(),
          name: v.object({ 'zh-CN': v.string(), en: v.string() }),
          rights: v.array(RIGHT),
        }),
        v.description('A type of licence, and the rights that are for it'),
      ),
    ),
  }),
  v.metadata({ ref: 'StaffMe' }),
)

/** Own sessions. */
export const STAFF_SESSIONS: v.GenericSchema = v.pipe(
  v.object({
    sessions: v.array(
      v.object({
        id: v.string(),
        current: v.boolean(),
        signedInAt: UNIX_SECONDS,
        usedAt: UNIX_SECONDS,
        endsAt: UNIX_SECONDS,
      }),
    ),
  }),
  v.metadata({ ref: 'StaffSessions' }),
)

/** The members of an organisation. */
export const STAFF_MEMBERS: v.GenericSchema = v.pipe(
  v.object({
    members: v.array(
      v.object({
        id: v.string(),
        name: v.string(),
        subject: v.string(),
        registeredAt: UNIX_SECONDS,
        ended: v.boolean(),
        roles: v.array(
          v.object({
            id: v.string(),
            role: ROLE,
            matter: v.optional(v.string()),
            from: UNIX_SECONDS,
            until: v.optional(UNIX_SECONDS),
          }),
        ),
      }),
    ),
  }),
  v.metadata({ ref: 'StaffMembers' }),
)

/** Roles with their rights. */
export const STAFF_ROLE_LIST: v.GenericSchema = v.pipe(
  v.object({ roles: v.array(v.object({ role: ROLE, rights: v.array(RIGHT) })) }),
  v.metadata({ ref: 'StaffRoles' }),
)

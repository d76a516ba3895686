/** The demo's staff: one invented person for each role in each agency and office. */
import { type SampleOffice, sampleAgencies, sampleOffices } from '@onetrip/fixtures'
import { ensureActor } from '../actors/api-keys.ts'
import { STAFF_ROLES, type StaffRole } from '../rights/rights.ts'
import type { Services } from '../services.ts'
import { addGrant } from '../staff/grants.ts'
import { addMember } from '../staff/members.ts'
import { transact } from '../storage/database.ts'
import { demoStaffProvider } from './demo-identity.ts'

/** Somebody who works in the demo. */
export interface DemoMember {
  /** `sub` at the demo's identity provider. */
  readonly subject: string
  readonly name: string
  readonly role: StaffRole
  readonly agencyId: string
  readonly agencyName: { readonly 'zh-CN': string; readonly en: string }
}

/** What each role is called. */
export const ROLE_NAMES: Readonly<
  Record<StaffRole, { readonly 'zh-CN': string; readonly en: string }>
> = {
  clerk: { 'zh-CN': '受理', en: 'clerk' },
  reviewer: { 'zh-CN': '审查', en: 'reviewer' },
  approver: { 'zh-CN': '决定', en: 'approver' },
  'seal-keeper': { 'zh-CN': '用印', en: 'seal keeper' },
  auditor: { 'zh-CN': '审计', en: 'auditor' },
  administrator: { 'zh-CN': '管理', en: 'administrator' },
}

/** The family name says the role, the last character the organisation. */
const FAMILIES: Readonly<Record<StaffRole, string>> = {
  clerk: '赵',
  reviewer: '钱',
  approver: '孙',
  'seal-keeper': '李',
  auditor: '周',
  administrator: '吴',
}
const COUNTED = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳'

/** All of them, organisation by organisation. */
export const DEMO_STAFF: readonly DemoMember[] = organisations().flatMap((organisation, index) =>
  STAFF_ROLES.map((role) => ({
    subject: `staff-${role}-${index + 1}`,
    name: `${FAMILIES[role]}样${COUNTED[index] ?? index}`,
    role,
    agencyId: organisation.id,
    agencyName: organisation.name,
  })),
)

/** Registers those who are not registered yet; nobody where the demo's own provider is not the one. */
export async function seedStaff(services: Services): Promise<readonly DemoMember[]> {
  const provider = demoStaffProvider(services.config, services.keys)
  if (provider === undefined) return []
  await transact(services.storage, async (transaction) => {
    const holder = { name: '演示数据 Demo data', kind: 'system' } as const
    const actor = { actorId: await ensureActor(services, transaction, holder) }
    for (const { subject, name, role, agencyId } of DEMO_STAFF) {
      const known = await transaction
        .selectFrom('staff')
        .select('id')
        .where('issuer', '=', provider.issuer)
        .where('subject', '=', subject)
        .executeTakeFirst()
      // Whom somebody gave another role, or none, keeps what was decided.
      if (known !== undefined) continue
      const request = { issuer: provider.issuer, subject, name, agencyId }
      const memberId = await addMember(services, transaction, { actor, request })
      const grant = { memberId, role, agencyId }
      await addGrant(services, transaction, { actor, request: grant })
    }
  })
  return DEMO_STAFF
}

function organisations(): readonly SampleOffice[] {
  const all: readonly SampleOffice[] = [...sampleAgencies, ...sampleOffices]
  return all.filter(({ id }, index) => all.findIndex((other) => other.id === id) === index)
}

/** For the test that every act is an entry: a walk over the routes of staff, and over those of the organisation's keys. */
import { askAs, memberWith, sessionCookie } from './staff-world.ts'
import { MARKET, type World } from './test-world.ts'

/** Asks as an administrator; throws for what is refused. */
async function administratorOf(
  world: World,
  name: string,
): Promise<{
  readonly memberId: string
  readonly done: (path: string, body: object) => Promise<Response>
}> {
  const memberId = await memberWith(world, { name, role: 'administrator', agencyId: MARKET })
  const cookie = await sessionCookie(world, memberId)
  const done = async (path: string, body: object): Promise<Response> => {
    const response = await askAs(world, cookie, { path, body })
    if (response.status >= 400) throw new Error(`${response.status} ${await response.text()}`)
    return response
  }
  return { memberId, done }
}

/** Each route of staff once. */
export async function walkStaff(world: World): Promise<void> {
  const { memberId, done } = await administratorOf(world, '吴管理')
  const made = async (path: string, body: object): Promise<string> => {
    const answer: { id: string } = await (await done(`/api/staff${path}`, body)).json()
    return answer.id
  }
  const member = await made('/members', { subject: 's-1', name: '郑新人' })
  const grant = await made(`/members/${member}/roles`, { role: 'clerk' })
  await made(`/members/${member}/roles`, { role: 'reviewer' })
  await made(`/roles/${grant}/end`, {})
  await made(`/members/${member}/sign-out`, {})
  await made(`/members/${member}/end`, {})
  const sessions = await askAs(world, await sessionCookie(world, memberId), {
    path: '/api/staff/sessions',
  })
  const listed: { sessions: { id: string; current: boolean }[] } = await sessions.json()
  const current = listed.sessions.find((session) => session.current)
  await made(`/sessions/${current?.id}/end`, {})
  await made('/sign-out', { everywhere: true })
}

/** Each route of keys once: the key that is announced is withdrawn before it began. */
export async function walkKeys(world: World): Promise<void> {
  const { done } = await administratorOf(world, '钱管钥')
  await done('/api/trust/publications', {})
  const after = `${MARKET.toLowerCase()}-issue-cbor-1`
  const announced = await done('/api/trust/keys', { purpose: 'issue-cbor', after })
  const { id }: { id: string } = await announced.json()
  await done(`/api/trust/keys/${id}/retire`, {})
}

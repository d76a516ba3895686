/** The demo's accounts of staff, as they are printed at start: one line for each organisation. */
import { type DemoMember, ROLE_NAMES } from '@onetrip/server'

/** The lines; a person of every role in every organisation, for the page of the demo's identity provider. */
export function accountLines(members: readonly DemoMember[]): readonly string[] {
  const organisations = new Map<string, DemoMember[]>()
  for (const member of members) {
    const name = member.agencyName['zh-CN']
    organisations.set(name, [...(organisations.get(name) ?? []), member])
  }
  return [...organisations].map(([name, people]) => {
    const told = people.map((person) => `${ROLE_NAMES[person.role]['zh-CN']} ${person.name}`)
    return `${name}: ${told.join(' · ')}`
  })
}

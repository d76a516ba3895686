/** Steps of a case that members of staff take without their pages, for tests of another face. */
import { sampleAgencies, sampleOffices } from '@onetrip/fixtures'
import { request } from 'playwright-core'
import { passProvider } from './console-people.ts'
import type { Demo } from './demo.ts'

/** A step of a case, or of one of its parts. */
export interface TakenStep {
  readonly id: string
  readonly part?: string
  readonly step: string
  readonly body?: Readonly<Record<string, string>>
}

/** Somebody of an organisation takes a step, as the console would; what its screens do is another file's. */
export async function stepBy(
  demo: Demo,
  { role, organisation }: { readonly role: string; readonly organisation: string },
  taken: TakenStep,
): Promise<void> {
  const organisations = [
    ...sampleAgencies,
    ...sampleOffices.filter((office) => !sampleAgencies.some((agency) => agency.id === office.id)),
  ]
  const index = organisations.findIndex((one) => one.id === organisation) + 1
  const desk = await request.newContext()
  await passProvider(desk, demo, `staff-${role}-${index}`)
  const place = `${demo.api}/api/cases/${taken.id}`
  const file = await (await desk.get(place)).json()
  const among: readonly { readonly code: string; readonly version: number }[] = file.parts
  const { version } = among.find(({ code }) => code === taken.part) ?? file
  const path = taken.part === undefined ? place : `${place}/parts/${taken.part}`
  // As the console's page sends it.
  const headers = { origin: demo.api }
  const answer = await desk.post(`${path}/${taken.step}`, {
    headers,
    data: { version, ...taken.body },
  })
  if (!answer.ok()) throw new Error(await answer.text())
  await desk.dispose()
}

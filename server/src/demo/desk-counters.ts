/** The desk as administrator of every office of the demo: devices that ask, and counters that are. */
import type { DisplayText } from '@onetrip/credential'
import { sampleAgencies } from '@onetrip/fixtures'
import type { Matter } from '@onetrip/trust'
import * as v from 'valibot'
import { type CounterEntry, listCounters } from '../enrolment/office-counters.ts'
import { officeMatters } from '../enrolment/office-matters.ts'
import type { Actor } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { demoActor } from './demo-actor.ts'

const NAME: v.GenericSchema<unknown, DisplayText> = v.object({
  'zh-CN': v.string(),
  en: v.string(),
})

/** A device with its office's name, and the matters that the catalogue brings to that office. */
export interface DeskCounter extends CounterEntry {
  readonly officeName: DisplayText
  readonly officeMatters: readonly Pick<Matter, 'code' | 'name'>[]
}

/** Loads the devices of all offices. */
export async function deskCounters(services: Services): Promise<readonly DeskCounter[]> {
  const rows = await services.storage.selectFrom('office').selectAll().execute()
  if (rows.length === 0) return []
  const names = new Map(rows.map(({ id, name }) => [id, v.parse(NAME, JSON.parse(name))]))
  const counters = await listCounters(services, await officeActor(services))
  const shown = counters.map(async (counter) => {
    const officeName = names.get(counter.office)
    if (officeName === undefined) return []
    const matters = await officeMatters(services.storage, counter.office)
    return [{ ...counter, officeName, officeMatters: matters }]
  })
  return (await Promise.all(shown)).flat()
}

/** The desk, as administrator of all offices. */
export function officeActor(services: Services): Promise<Actor> {
  return demoActor(services, sampleAgencies[0]?.id ?? '')
}

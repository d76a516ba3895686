/** An office's requests to the wallet: as the catalogue allows them, and one that asks for too much. */
import type { Want } from '@onetrip/credential'
import { enrolNodeCounter, type NodeCounter } from '../e2e/node-counter.ts'
import type { Scene } from './screen.ts'
import type { Stage } from './stage.ts'

const BUSINESS = '1110000099XYN9907G001'
const IDENTITY = '1110000099XYN9907G002'
const PROPERTY = '1110000099XYN9907G061'

const ALLOWED: readonly Want[] = [
  {
    material: 'business-licence',
    required: true,
    options: [{ type: BUSINESS, claims: ['legalRepresentative', 'address', 'scope'] }],
  },
  {
    material: 'identity',
    required: true,
    options: [{ type: IDENTITY, claims: ['name', 'idNumber'] }],
  },
  {
    material: 'premises',
    required: true,
    options: [{ type: PROPERTY, claims: ['owner', 'location', 'use'] }],
  },
]
const TOO_MUCH: readonly Want[] = [
  {
    material: 'business-licence',
    required: true,
    options: [{ type: BUSINESS, claims: ['address', 'registeredCapital', 'establishedOn'] }],
  },
  {
    material: 'identity',
    required: true,
    options: [{ type: IDENTITY, claims: ['name', 'idNumber', 'ethnicity', 'address'] }],
  },
]

const counters = new WeakMap<Stage, Promise<NodeCounter>>()

/** Opens a request in a wallet as if its code had been scanned, up to the consent or the refusal. */
export async function openRequest(scene: Scene, text: string): Promise<void> {
  const { page, go } = scene
  await page.bringToFront()
  await go('#/add')
  await page.getByTestId('link-input').fill(text)
  await page.getByTestId('open-link').click()
  await page.locator('[data-testid="wanted"], [data-testid="request-refused"]').first().waitFor()
}

/** Opens the link of a request over the network: up to where it says whom it would speak to. */
export async function openOnlineRequest({ stage, page, go }: Scene): Promise<void> {
  const link = await (await counterOf(stage)).askOnline(ALLOWED)
  await page.bringToFront()
  await go(new URL(link).hash)
  await page.getByTestId('online-origin').waitFor()
}

/** Goes on to what it asks. */
export async function fetchOnlineRequest(scene: Scene): Promise<void> {
  await openOnlineRequest(scene)
  await scene.page.getByTestId('fetch-request').click()
  await scene.page.getByTestId('wanted').first().waitFor()
}

/** The text of a request, made now. */
export async function requestOf(stage: Stage, what: 'allowed' | 'too-much'): Promise<string> {
  return (await counterOf(stage)).ask(what === 'allowed' ? ALLOWED : TOO_MUCH)
}

function counterOf(stage: Stage): Promise<NodeCounter> {
  const counter = counters.get(stage) ?? enrolNodeCounter(stage.demo, '二号窗口')
  counters.set(stage, counter)
  return counter
}

/** For tests: files of batches, and the two people whom one needs. */
import { csvLine } from '../src/http/csv-text.ts'
import { askAs, memberWith, sessionCookie } from './staff-world.ts'
import { foodRequest, MARKET, TYPES, type World } from './test-world.ts'

/** A batch as its request answers. */
export interface Requested {
  readonly id: string
  readonly rows: number
  readonly digest: string
}

const HEADINGS = [
  '流水号',
  '有效期起始日期',
  'validTo',
  '持证主体编号',
  '经营者名称',
  'claims.uscc',
  'legalRepresentative',
  'address',
  'premises',
  'businessForm',
  'items',
]

/** A row that is right but for `changes`, which name places of {@link HEADINGS}. */
export function batchRow(serial: string, changes: Readonly<Record<number, string>> = {}): string[] {
  const claims: Record<string, string> = JSON.parse(JSON.stringify(foodRequest()['claims']))
  const cells = [serial, '2026/11/20', '2031-11-19', `ref-${serial}`, ...Object.values(claims)]
  return cells.map((cell, at) => changes[at] ?? cell)
}

/** A CSV file of these rows under its headings. */
export function batchFile(rows: readonly (readonly string[])[]): Buffer {
  return Buffer.from([HEADINGS, ...rows].map((row) => csvLine(row)).join(''))
}

/** Sends a file with the world's key. */
export async function sendFile(
  { app, apiKey }: World,
  path: '' | '/trial',
  bytes: Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return app.request(`/api/batches${path}?type=${TYPES.food}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${apiKey}`,
      'Content-Type': 'text/csv',
      'Idempotency-Key': 'batch-1',
      ...headers,
    },
    body: new Uint8Array(bytes),
  })
}

/** Requests a batch of these rows. */
export async function requestRows(
  world: World,
  rows: readonly (readonly string[])[],
  key = 'batch-1',
): Promise<Requested> {
  const response = await sendFile(world, '', batchFile(rows), { 'Idempotency-Key': key })
  if (response.status !== 201) throw new Error(await response.text())
  const answer: Requested = await response.json()
  return answer
}

/** The session of an approver of the market regulator. */
export async function approver(world: World, name = '钱审批'): Promise<string> {
  return sessionCookie(world, await memberWith(world, { name, role: 'approver', agencyId: MARKET }))
}

/** Takes a step of a batch in a session. */
export function step(
  world: World,
  cookie: string,
  { id, name, body = {} }: { readonly id: string; readonly name: string; readonly body?: object },
): Promise<Response> {
  return askAs(world, cookie, { path: `/api/batches/${id}/${name}`, body })
}

/** Approves a batch over its digest. */
export function approve(
  world: World,
  cookie: string,
  { id, digest }: Requested,
): Promise<Response> {
  return step(world, cookie, { id, name: 'decision', body: { decision: 'approve', digest } })
}

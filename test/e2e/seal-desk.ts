/** Four people of the sample agency, who have seals made and put them on files through the demo's API. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { foodLicenceOfSample, sampleSealMaker } from '@onetrip/fixtures'
import { childProgram } from '../../server/testing/child-program.ts'
import type { Demo } from './demo.ts'

const PURPOSE = '答复来函'
const PEOPLE = {
  owner: { name: '钱样例', role: 'own-seals' },
  clerk: { name: '李样例', role: 'request-seal' },
  keeper: { name: '孙样例', role: 'keep-seals' },
  maker: { name: '周样例', role: 'make-seals' },
} as const

type Who = keyof typeof PEOPLE

/** A seal of the agency, as it is applied for. */
export interface SealWish {
  readonly name: string
  readonly kind: string
  readonly lowerLine: string
}

/** What is asked of the desk about a file. */
export interface SealOrder {
  /** The seal's id at the API. */
  readonly sealId: string
  readonly bytes: Uint8Array
  readonly mediaType: string
}

/** The people at work. */
export interface SealDesk {
  /** Has a seal made and registered; gives its id at the API. */
  makeSeal(wish: SealWish): Promise<string>
  /** The `.seal` of a file; `earlier` is one that is there already. */
  sealFile(order: SealOrder, earlier?: Uint8Array): Promise<Buffer>
  /** The PDF with a seal on a word. */
  sealPdf(order: Omit<SealOrder, 'mediaType'>, keyword: string): Promise<Buffer>
  /** Ends a seal for good. */
  cancel(sealId: string): Promise<void>
}

/** Gives each of the people a key of their own. */
export function openSealDesk(demo: Demo): SealDesk {
  const keys = makeKeys(demo)

  async function ask(who: Who, path: string, body: object): Promise<Buffer> {
    const isPdf = body instanceof Uint8Array
    const response = await fetch(`${demo.api}/api/seals${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${keys[who]}`,
        'content-type': isPdf ? 'application/pdf' : 'application/json',
      },
      body: isPdf ? new Uint8Array(body) : JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path} answers ${await response.text()}`)
    return Buffer.from(await response.arrayBuffer())
  }

  async function approve(order: SealOrder, place: object): Promise<string> {
    const sha256 = createHash('sha256').update(order.bytes).digest('base64url')
    const { length } = order.bytes
    const files = [{ sha256, length, mediaType: order.mediaType, ...place }]
    const use = idIn(await ask('clerk', `/${order.sealId}/uses`, { purpose: PURPOSE, files }))
    await ask('keeper', `/uses/${use}/decision`, { decision: 'approve', files: [sha256] })
    return `/uses/${use}/files/${sha256}`
  }

  return {
    async makeSeal(wish) {
      const application = { maker: sampleSealMaker.id, rank: 'cityOrCounty', reason: '样例' }
      const id = idIn(await ask('owner', '', { ...application, ...wish }))
      await ask('maker', `/${id}/make`, { reason: '样例' })
      await ask('maker', `/${id}/register`, { reason: '样例' })
      return id
    },
    async sealFile(order, earlier) {
      const body =
        earlier === undefined ? {} : { earlier: Buffer.from(earlier).toString('base64url') }
      return ask('clerk', `${await approve(order, {})}/impression`, body)
    },
    async sealPdf(order, keyword) {
      const pdf = { ...order, mediaType: 'application/pdf' }
      return ask('clerk', `${await approve(pdf, { place: { keyword } })}/pdf`, order.bytes)
    },
    async cancel(sealId) {
      await ask('owner', `/${sealId}/cancel`, { reason: '样例' })
    },
  }
}

/** One process makes all, which takes a second or two. */
function makeKeys(demo: Demo): Readonly<Record<Who, string>> {
  const orders = Object.values(PEOPLE).map(({ name, role }) => ({
    agencyId: foodLicenceOfSample.agencyId,
    holder: { name, kind: 'person' },
    types: [foodLicenceOfSample.typeCode],
    roles: [role],
    sealMakers: role === 'make-seals' ? [sampleSealMaker.id] : [],
  }))
  const { port } = new URL(demo.api)
  const env = { ...process.env, ONETRIP_PORT: port, ONETRIP_DATA_DIR: demo.dataDir }
  const script = [childProgram('make-keys'), JSON.stringify(orders)]
  const printed = execFileSync(process.execPath, script, { env, encoding: 'utf8' })
  const [owner = '', clerk = '', keeper = '', maker = '']: readonly string[] = JSON.parse(
    printed.trim().split('\n').at(-1) ?? '[]',
  )
  return { owner, clerk, keeper, maker }
}

function idIn(answer: Buffer): string {
  const { id }: { id: unknown } = JSON.parse(answer.toString('utf8'))
  if (typeof id !== 'string') throw new Error('the answer has no id')
  return id
}

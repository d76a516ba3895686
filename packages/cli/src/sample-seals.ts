/** Sealed samples from a fresh run of the real server: a seal, a letter with its `.seal`, a PDF sealed once and twice. */
import {
  fromBase64url,
  isObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  sha256,
  toBase64url,
} from '@onetrip/codec'
import {
  foodLicenceOfSample,
  LETTER_KEYWORDS,
  SAMPLE_LETTER,
  SAMPLE_LETTER_PDF,
  sampleSealMaker,
} from '@onetrip/fixtures'
import { createApiKey, type createApp, type Role, type Services } from '@onetrip/server'

const PURPOSE = '答复来函'
const PEOPLE = {
  owner: { name: '钱样例', roles: ['own-seals'] },
  clerk: { name: '李样例', roles: ['request-seal'] },
  keeper: { name: '孙样例', roles: ['keep-seals'] },
  maker: { name: '周样例', roles: ['make-seals'] },
} as const satisfies Readonly<Record<string, { name: string; roles: readonly Role[] }>>
/** The agency's seals by name: two that the demo has, and one that is made here. */
const SEALS = {
  licences: '虚构市云栖区市场监督管理局电子证照专用章',
  letter: '虚构市云栖区市场监督管理局公文专用章',
  contract: '虚构市云栖区市场监督管理局合同专用章',
} as const

/** Puts a seal on a file, as two people do. */
export interface SampleSealer {
  /** The seal as COSE_Sign1. */
  readonly seal: Uint8Array
  /** The `.seal` of a text file. */
  readonly sealText: (text: Uint8Array) => Promise<Uint8Array>
  /** The PDF with the seal on a word; `with` names another of the organisation's seals. */
  readonly sealPdf: (
    pdf: Uint8Array,
    keyword: string,
    using?: keyof typeof SEALS,
  ) => Promise<Uint8Array>
}

/** The sealed samples, by file name. */
export async function sealedSamples(
  sealer: SampleSealer,
): Promise<Readonly<Record<string, string | Uint8Array>>> {
  const once = await sealer.sealPdf(SAMPLE_LETTER_PDF, LETTER_KEYWORDS.first)
  return {
    'seal.cbor': sealer.seal,
    'letter.txt': SAMPLE_LETTER,
    'letter.txt.seal': await sealer.sealText(new TextEncoder().encode(SAMPLE_LETTER)),
    'sealed.pdf': once,
    'sealed-twice.pdf': await sealer.sealPdf(once, LETTER_KEYWORDS.second, 'contract'),
  }
}

/** Takes the sample agency's seals of the demo, and has one more made and registered. */
export async function sampleSealer(
  services: Services,
  app: ReturnType<typeof createApp>,
): Promise<SampleSealer> {
  const keys = await keysOf(services)
  const call = async (
    who: keyof typeof PEOPLE,
    path: string,
    body?: JsonObject | Uint8Array,
  ): Promise<Uint8Array> => {
    const isPdf = body instanceof Uint8Array
    const response = await app.request(`/api/seals${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        Authorization: `Bearer ${keys[who]}`,
        'Content-Type': isPdf ? 'application/pdf' : 'application/json',
      },
      ...(body === undefined ? {} : { body: isPdf ? new Uint8Array(body) : JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  }
  const idIn = (answer: Uint8Array): string => textIn(parseJson(answer), 'id')
  const application = { maker: sampleSealMaker.id, rank: 'cityOrCounty', reason: '样例' }
  const contract = { name: SEALS.contract, kind: '04', lowerLine: '合同专用章' }
  const contractId = idIn(await call('owner', '', { ...application, ...contract }))
  await call('maker', `/${contractId}/make`, { reason: '样例' })
  await call('maker', `/${contractId}/register`, { reason: '样例' })
  const listed = parseJson(await call('owner', ''))
  const list = isObject(listed) && Array.isArray(listed['seals']) ? listed['seals'] : []
  const find = (seal: keyof typeof SEALS): JsonObject => {
    const found = list.filter(isObject).find(({ name }) => name === SEALS[seal])
    if (found === undefined) throw new Error(`no ${SEALS[seal]}`)
    return found
  }
  const approve = async (
    using: keyof typeof SEALS,
    bytes: Uint8Array,
    more: JsonObject,
  ): Promise<string> => {
    const digest = toBase64url(sha256(bytes))
    const files = [{ sha256: digest, length: bytes.length, ...more }]
    const uses = `/${textIn(find(using), 'id')}/uses`
    const useId = idIn(await call('clerk', uses, { purpose: PURPOSE, files }))
    await call('keeper', `/uses/${useId}/decision`, { decision: 'approve', files: [digest] })
    return `/uses/${useId}/files/${digest}`
  }
  return {
    seal: fromBase64url(textIn(find('letter'), 'cose')),
    sealText: async (bytes) => {
      const path = await approve('letter', bytes, { mediaType: 'text/plain' })
      return call('clerk', `${path}/impression`, {})
    },
    sealPdf: async (pdf, keyword, using = 'letter') => {
      const more = { mediaType: 'application/pdf', place: { keyword } }
      return call('clerk', `${await approve(using, pdf, more)}/pdf`, pdf)
    },
  }
}

function textIn(value: JsonValue | undefined, name: string): string {
  const found = isObject(value) ? value[name] : undefined
  if (typeof found !== 'string') throw new Error(`the answer lacks ${name}`)
  return found
}

async function keysOf(services: Services): Promise<Readonly<Record<keyof typeof PEOPLE, string>>> {
  const keyOf = (who: keyof typeof PEOPLE): Promise<string> =>
    createApiKey(services, {
      agencyId: foodLicenceOfSample.agencyId,
      holder: { name: PEOPLE[who].name, kind: 'person' },
      types: [],
      roles: PEOPLE[who].roles,
      sealMakers: who === 'maker' ? [sampleSealMaker.id] : [],
    })
  return {
    owner: await keyOf('owner'),
    clerk: await keyOf('clerk'),
    keeper: await keyOf('keeper'),
    maker: await keyOf('maker'),
  }
}

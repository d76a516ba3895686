/** `onetrip artefacts DIR`: one of each code and credential, from a fresh run of the real server. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  decodeCodeText,
  fromBase64url,
  isObject,
  type JsonValue,
  parseJson,
  toBase64url,
} from '@onetrip/codec'
import {
  dayToNumber,
  LIVE_AUDIENCE,
  leafOf,
  makeCopy,
  numberToDay,
  parseRequest,
  parseSdCwt,
  presentLive,
  presentSdJwt,
  type TypeDefinition,
  today,
} from '@onetrip/credential'
import {
  businessLicenceOfSample,
  foodLicenceOfSample,
  identityOfLin,
  propertyOfZhao,
  type SampleLicence,
  sampleOffices,
} from '@onetrip/fixtures'
import { formatVerifierKey, type VerifierKey } from '@onetrip/log'
import {
  createApiKey,
  createApp,
  currentRoot,
  loadConfig,
  openServices,
  recordKey,
  type Services,
  seedDemo,
  seedSeals,
} from '@onetrip/server'
import { AS_USUAL, makeFolder } from '@onetrip/server/make-folder'
import { openPack, packInMemory, type Trust } from '@onetrip/trust'
import { readArguments } from './command-spec.ts'
import { runningLogKey } from './log/running-log.ts'
import { askedSamples, enrolCounter } from './sample-counter.ts'
import { delegatedSamples } from './sample-delegate.ts'
import { askingKeys, delegateKeys, publicKeys } from './sample-keys.ts'
import { sampleSealer, sealedSamples } from './sample-seals.ts'
import { receiveOffer, type SampleHolding } from './sample-wallet.ts'
import { ensureSealFont } from './seal-font.ts'
import { artefactsSpec } from './specs/artefacts.ts'
import { type CommandContext, EXIT } from './usage.ts'

const COPY_DAYS = 30
/** Where the seal goes on a printed licence. */
const SEAL_ROOM = '发证机关（盖章）'
const PURPOSE = '办理户外招牌设置'
const SERIAL = 'JY23399010000028'
const BUSINESS_SERIAL = 'YQ33990100000101'
/** Of a type that is shown with a receipt of the log. */
const LOGGED_SERIAL = 'YQ20190000026'
const DELEGATE_SERIAL = '9W2T6K8X4M1R7B3Q5D0Z'
/** Licences that are taken back before the trust data are published, by the name of their file. */
const TAKEN_BACK = {
  'revoked.txt': { serial: 'JY23399010000036', status: 'revoked' },
  'suspended.txt': { serial: 'JY23399010000044', status: 'suspended' },
} as const
const DISCLOSED = ['businessForm', 'items'] as const

type App = ReturnType<typeof createApp>
type Files = Readonly<Record<string, string | Uint8Array>>

/** What to expect of each file, checked with every mode accepted. */
const EXPECTED = {
  'credential.sdcwt': 'unverifiable',
  'credential.sdjwt': 'unverifiable',
  'live.txt': 'valid',
  'live-logged.txt': 'valid',
  'copy.txt': 'caution',
  'paper.txt': 'caution',
  'presentation.sdjwt': 'valid',
  'request.txt': 'valid',
  'request-other.txt': 'valid',
  'answer.txt': 'valid',
  'delegated-answer.txt': 'valid',
  // By itself it proves nothing of who has it.
  'delegation.txt': 'caution',
  'receipt.txt': 'valid',
  'revoked.txt': 'invalid',
  'suspended.txt': 'invalid',
  'letter.txt': 'valid',
  // Sealed, unaltered, its pages as its code states: and whoever has the file may show it, as on paper.
  'licence.pdf': 'caution',
  'seal.cbor': 'valid',
  'sealed.pdf': 'valid',
  'sealed-twice.pdf': 'valid',
} as const

/** Writes the artefacts into the folder named by the one argument, made when it is not there. */
export async function runArtefacts(context: CommandContext): Promise<number> {
  const [folder = ''] = readArguments(artefactsSpec, context.args).operands
  ensureSealFont()
  const dataDir = mkdtempSync(join(tmpdir(), 'onetrip-artefacts-'))
  const services = await openServices({
    config: loadConfig({ ONETRIP_DATA_DIR: dataDir }),
    now: context.now,
    writeLog: () => {},
  })
  try {
    await seedDemo(services)
    await seedSeals(services)
    const log = await runningLogKey(loadConfig(context.environment).apiOrigin)
    writeFiles(resolve(folder), await makeArtefacts(services, log ?? recordKey(services)))
  } finally {
    await services.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
  context.print(`${Object.keys(EXPECTED).length} artefacts, trust data and keys: ${folder}`)
  return EXIT.valid
}

async function makeArtefacts(services: Services, log: VerifierKey): Promise<Files> {
  const app = createApp(services)
  const apiKey = await agencyKey(services, [foodLicenceOfSample, businessLicenceOfSample])
  const { licence, holding } = await issueAndReceive({ services, app, apiKey, serial: SERIAL })
  const takenBack: (readonly [string, SampleHolding])[] = []
  for (const [file, { serial, status }] of Object.entries(TAKEN_BACK)) {
    const other = await issueAndReceive({ services, app, apiKey, serial })
    await call(app, `/api/licences/${other.licence.id}/status`, {
      headers: {
        Authorization: `Bearer ${apiKey}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': `artefacts-${status}`,
      },
      body: JSON.stringify({ status, reason: '样例' }),
    })
    takenBack.push([file, other.holding])
  }
  const paper = await call(app, `/api/licences/${licence.id}/paper`, {
    headers: { Authorization: `Bearer ${apiKey}`, 'Idempotency-Key': 'artefacts-paper' },
  })
  const sealer = await sampleSealer(services, app)
  const printed = await app.request(`/api/licences/${licence.id}/pdf`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ format: 'a4' }),
  })
  const pdf = new Uint8Array(await printed.arrayBuffer())
  const sealed = {
    ...(await sealedSamples(sealer)),
    'licence.pdf': await sealer.sealPdf(pdf, SEAL_ROOM, 'licences'),
  }
  const business = await issueAndReceive({
    services,
    app,
    apiKey,
    serial: BUSINESS_SERIAL,
    sample: businessLicenceOfSample,
  })
  const lent = await receiveCopy({ services, app, apiKey, licence: business.licence })
  const delegate = await issueAndReceive({
    services,
    app,
    apiKey: await agencyKey(services, [identityOfLin]),
    serial: DELEGATE_SERIAL,
    sample: identityOfLin,
  })
  const logged = await issueAndReceive({
    services,
    app,
    apiKey: await agencyKey(services, [propertyOfZhao]),
    serial: LOGGED_SERIAL,
    sample: propertyOfZhao,
  })
  const office = sampleOffices[0]
  if (office === undefined) throw new TypeError('the sample cast is short')
  const { agencyId } = businessLicenceOfSample
  const counter = await enrolCounter(services, { app, office: office.id, agencyId })
  const now = services.now()
  const trustBytes = new Uint8Array(await (await app.request('/trust/pack')).arrayBuffer())
  const initialRoot = await currentRoot(services)
  const trust = await openPack({ source: packInMemory(trustBytes), initialRoot })
  const type = typeOf(foodLicenceOfSample, trust)
  const businessType = typeOf(businessLicenceOfSample, trust)
  const asked = await askedSamples({
    ...{ counter, services, holding: business.holding, trust, now },
    type: businessType,
  })
  return {
    ...(await showings({ holding, type, office: office.id, now, services })),
    'live-logged.txt': await showLogged({
      ...{ app, now, holding: logged.holding },
      type: typeOf(propertyOfZhao, trust),
    }),
    ...(await showTakenBack({ takenBack, type, now })),
    ...asked,
    ...(await delegatedSamples({
      request: parseRequest(decodeCodeText(asked['request.txt'].trimEnd())),
      copy: { holding: lent, type: businessType },
      delegate: {
        holding: delegate.holding,
        type: typeOf(identityOfLin, trust),
        disclose: ['name'],
      },
      now,
    })),
    'paper.txt': `${text(paper, 'text')}\n`,
    ...sealed,
    'province.otpack': trustBytes,
    'root.json': initialRoot,
    ...publicKeys(trust, holding),
    ...delegateKeys(lent, delegate.holding),
    ...askingKeys(trust, office.id, counter),
    'log.vkey': `${formatVerifierKey(log)}\n`,
    README: readme(now, office.id),
  }
}

function typeOf({ typeCode }: SampleLicence, trust: Trust): TypeDefinition {
  const type = trust.types.find((known) => known.typeCode === typeCode)
  if (type === undefined) throw new TypeError('the sample cast is short')
  return type
}

/** A key for the agency of these licences. */
function agencyKey(services: Services, samples: readonly SampleLicence[]): Promise<string> {
  const [{ agencyId } = foodLicenceOfSample] = samples
  return createApiKey(services, {
    agencyId,
    holder: { name: '样例业务系统 Sample system', kind: 'system' },
    types: samples.map(({ typeCode }) => typeCode),
    roles: ['issue', 'read', 'change-status'],
  })
}

async function issueAndReceive(options: {
  readonly services: Services
  readonly app: App
  readonly apiKey: string
  readonly serial: string
  readonly sample?: SampleLicence
}): Promise<{ readonly licence: { readonly id: string }; readonly holding: SampleHolding }> {
  const { app, apiKey, serial, sample = foodLicenceOfSample } = options
  const { typeCode, facts } = sample
  const issued = await call(app, '/api/licences', {
    headers: {
      Authorization: `Bearer ${apiKey}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': `artefacts-${serial}`,
    },
    body: JSON.stringify({ type: typeCode, ...facts, serial }),
  })
  return { licence: { id: text(issued, 'id') }, holding: await receive(options, issued) }
}

/** One more copy of a licence, with a status entry of its own. */
async function receiveCopy(options: {
  readonly services: Services
  readonly app: App
  readonly apiKey: string
  readonly licence: { readonly id: string }
}): Promise<SampleHolding> {
  const { app, apiKey, licence } = options
  const offered = await call(app, `/api/licences/${licence.id}/offers`, {
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
    body: '{}',
  })
  return receive(options, offered)
}

function receive(
  { services, app }: { readonly services: Services; readonly app: App },
  issued: JsonValue,
): Promise<SampleHolding> {
  const offer = isObject(issued) ? issued['offer'] : undefined
  return receiveOffer({
    app,
    issuer: services.config.apiOrigin,
    link: text(offer, 'uri'),
    txCode: text(issued, 'txCode'),
    now: services.now(),
  })
}

async function showings(options: {
  readonly holding: SampleHolding
  readonly type: TypeDefinition
  readonly office: string
  readonly now: number
  readonly services: Services
}): Promise<Files> {
  const { holding, type, office, now, services } = options
  const sdCwt = fromBase64url(holding.sdCwt.credential)
  const shown = { credential: sdCwt, type, disclose: DISCLOSED, signer: holding.sdCwt.signer, now }
  const presentation = await presentSdJwt({
    credential: holding.sdJwt.credential,
    type,
    disclose: DISCLOSED,
    mode: 'live',
    audience: LIVE_AUDIENCE,
    issuedAt: now,
    random: services.random,
    signer: holding.sdJwt.signer,
  })
  const copy = await makeCopy({
    ...shown,
    recipient: { office },
    purpose: PURPOSE,
    endDay: numberToDay(dayToNumber(today(now)) + COPY_DAYS),
  })
  return {
    'credential.sdcwt': sdCwt,
    'credential.sdjwt': `${holding.sdJwt.credential}\n`,
    'live.txt': `${await presentLive(shown)}\n`,
    'copy.txt': `${copy}\n`,
    'presentation.sdjwt': `${presentation}\n`,
  }
}

/** A live code with the receipt of the log, which is more than one code holds: its frames, one a line. */
async function showLogged(options: {
  readonly app: App
  readonly holding: SampleHolding
  readonly type: TypeDefinition
  readonly now: number
}): Promise<string> {
  const { app, holding, type, now } = options
  const credential = fromBase64url(holding.sdCwt.credential)
  await app.request('/log/checkpoint')
  const leaf = toBase64url(leafOf(parseSdCwt(credential)))
  const answer = await app.request(`/log/receipts/${leaf}`)
  const receipts = [new Uint8Array(await answer.arrayBuffer())]
  const { signer } = holding.sdCwt
  return `${await presentLive({ credential, type, disclose: [], signer, receipts, now })}\n`
}

async function showTakenBack(options: {
  readonly takenBack: readonly (readonly [string, SampleHolding])[]
  readonly type: TypeDefinition
  readonly now: number
}): Promise<Files> {
  const { takenBack, type, now } = options
  const files = await Promise.all(
    takenBack.map(async ([file, { sdCwt }]) => {
      const credential = fromBase64url(sdCwt.credential)
      const shown = { credential, type, disclose: DISCLOSED, signer: sdCwt.signer, now }
      return [file, `${await presentLive(shown)}\n`] as const
    }),
  )
  return Object.fromEntries(files)
}

function readme(now: number, office: string): string {
  const at = new Date(now * 1000).toISOString().replace('.000Z', 'Z')
  const lines = [
    'Made by a fresh run of the real code. Check a file so:',
    `  npm exec -- onetrip verify FILE --trust province.otpack --root root.json --office ${office} --at ${at}`,
    'An answer is checked beside its request, a delegate’s too, a receipt by itself, or beside both:',
    '  npm exec -- onetrip verify answer.txt --request request.txt …',
    '  npm exec -- onetrip verify delegated-answer.txt --request request.txt …',
    '  npm exec -- onetrip verify receipt.txt --request request.txt --answer answer.txt …',
    'log.vkey is the key of the log at /log of the demo that runs on this machine; where none does, of the server that made these files.',
    'A live code is good for a minute around this time, a request for five:',
    `at: ${at}`,
    `office: ${office}`,
    ...Object.entries(EXPECTED).map(([file, outcome]) => `expect: ${file} ${outcome}`),
  ]
  return `${lines.join('\n')}\n`
}

function writeFiles(folder: string, files: Files): void {
  makeFolder(folder, AS_USUAL)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
}

async function call(
  app: App,
  path: string,
  init: { readonly headers: Record<string, string>; readonly body?: string },
): Promise<JsonValue> {
  const response = await app.request(path, { method: 'POST', ...init })
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return parseJson(new Uint8Array(await response.arrayBuffer()))
}

function text(value: JsonValue | undefined, name: string): string {
  const found = isObject(value) ? value[name] : undefined
  if (typeof found !== 'string') throw new Error(`the answer lacks ${name}`)
  return found
}

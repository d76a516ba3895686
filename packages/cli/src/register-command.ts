/**
 * `onetrip register FILE`: adds agencies, offices, seal makers, time-stampers and licence types to an installation, and says which jurisdictions it
 * recognises, its matter catalogue and the guides of its matters; repeating changes nothing.
 */
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import {
  Fault,
  isObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  parseNumericDate,
} from '@onetrip/codec'
import {
  loadConfig,
  openServices,
  type RecognitionEntry,
  registerAgency,
  registerCatalogue,
  registerGuide,
  registerOffice,
  registerRecognition,
  registerSealMaker,
  registerTimeStamper,
  registerType,
  type Services,
} from '@onetrip/server'
import type { TimeStamper } from '@onetrip/trust'
import { readArguments } from './command-spec.ts'
import { registerSpec } from './specs/register.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

const LIMITS = { maxBytes: 1_048_576, maxItems: 65_536 } as const
const LISTS = [
  'types',
  'agencies',
  'offices',
  'sealMakers',
  'timeStampers',
  'recognition',
  'guides',
]
const MEMBERS = [...LISTS, 'catalogue']

/**
 * Reads `{ types, agencies: [{ id, name, typeCodes }], offices: [{ id, name }], sealMakers: [{ id, name }],
 * timeStampers: [{ id, name, certificates, from?, to? }], recognition: [{ id, name, repository, types, root }], catalogue, guides }`; `root`
 * and `certificates` (PEM or DER) are files beside FILE. A `recognition`, and what is given of a time-stamper, takes the place of the one before.
 */
export async function runRegister(context: CommandContext): Promise<number> {
  const [file = ''] = readArguments(registerSpec, context.args).operands
  const content = readContent(file)
  const services = await openServices({ config: loadConfig(context.environment) })
  try {
    await register(services, content, dirname(file))
  } catch (error) {
    if (error instanceof Fault) throw new UsageError(`${file} cannot be taken (${error.code})`)
    throw error
  } finally {
    await services.close()
  }
  const given = LISTS.filter((name) => content[name] !== undefined)
  context.print(given.map((name) => `${listIn(content, name).length} ${name}`).join(', '))
  return EXIT.valid
}

async function register(services: Services, content: JsonObject, folder: string): Promise<void> {
  for (const type of listIn(content, 'types')) await registerType(services, type)
  for (const agency of listIn(content, 'agencies')) {
    const typeCodes = isObject(agency) ? listIn(agency, 'typeCodes').map(textIn) : []
    await registerAgency(services, { ...named(agency), typeCodes })
  }
  for (const office of listIn(content, 'offices')) await registerOffice(services, named(office))
  for (const maker of listIn(content, 'sealMakers')) await registerSealMaker(services, named(maker))
  for (const entry of listIn(content, 'timeStampers')) {
    await registerTimeStamper(services, timeStamperIn(entry, folder))
  }
  const { catalogue, recognition } = content
  if (catalogue !== undefined) await registerCatalogue(services, catalogue)
  for (const guide of listIn(content, 'guides')) await registerGuide(services, guide)
  if (recognition === undefined) return
  const entries = listIn(content, 'recognition').map((entry) => recognised(entry, folder))
  await registerRecognition(services, entries)
}

function recognised(value: JsonValue, folder: string): RecognitionEntry {
  const entry = isObject(value) ? value : {}
  return {
    ...named(entry),
    repository: textIn(entry['repository']),
    types: listIn(entry, 'types').map(textIn),
    root: readBytes(resolve(folder, textIn(entry['root']))),
  }
}

function timeStamperIn(value: JsonValue, folder: string): TimeStamper {
  const entry = isObject(value) ? value : {}
  const files = listIn(entry, 'certificates').map(textIn)
  const { from, to } = entry
  return {
    ...named(entry),
    certificates: files.map((file) => certificateIn(resolve(folder, file))),
    ...(from === undefined ? {} : { from: parseNumericDate(from) }),
    ...(to === undefined ? {} : { to: parseNumericDate(to) }),
  }
}

/** DER of a certificate in PEM or DER. */
function certificateIn(file: string): Uint8Array {
  try {
    return new Uint8Array(new X509Certificate(readBytes(file)).raw)
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${file} is not a certificate`)
  }
}

function readContent(file: string): JsonObject {
  const content = parseJson(readBytes(file), LIMITS)
  const isKnown = isObject(content) && Object.keys(content).every((name) => MEMBERS.includes(name))
  if (!isKnown) throw new UsageError(`${file} has to be an object of ${MEMBERS.join(', ')}`)
  return content
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch {
    throw new UsageError(`cannot read ${file}`)
  }
}

function named(value: JsonValue): {
  readonly id: string
  readonly name: { readonly 'zh-CN': string; readonly en: string }
} {
  const entry = isObject(value) ? value : {}
  const name = isObject(entry['name']) ? entry['name'] : {}
  return {
    id: textIn(entry['id']),
    name: { 'zh-CN': textIn(name['zh-CN']), en: textIn(name['en']) },
  }
}

function listIn(entry: JsonObject, name: string): readonly JsonValue[] {
  const list = entry[name] ?? []
  if (!Array.isArray(list)) throw new UsageError(`${name} has to be a list`)
  return list
}

function textIn(value: JsonValue | undefined): string {
  if (typeof value !== 'string' || value === '') throw new UsageError('an id or a name is missing')
  return value
}

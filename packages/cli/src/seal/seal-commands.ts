/** `onetrip seal …`: an organisation's seals and their uses, by a server's API. */
import { isObject, type JsonObject, type JsonValue, toBase64url, utf8Decode } from '@onetrip/codec'
import { MAX_IMAGE_BYTES, MAX_PDF_BYTES, MAX_SEAL_FILE_BYTES, SEAL_MEDIA_TYPE } from '@onetrip/seal'
import { readArguments } from '../command-spec.ts'
import { printable, printableJson } from '../printable.ts'
import { readLimited } from '../read-limited.ts'
import { type ServerApi, serverApi } from '../server-api.ts'
import {
  sealApplySpec,
  sealDecideSpec,
  sealListSpec,
  sealPutSpec,
  sealRecordSpec,
  sealRequestSpec,
  sealStepSpec,
} from '../specs/seal.ts'
import { writeDurably } from '../store/durable-write.ts'
import { type CommandContext, EXIT, UsageError } from '../usage.ts'
import { namedFile } from './digest-of-file.ts'

const STEPS = ['make', 'refuse', 'register', 'suspend', 'resume', 'cancel']
const SIZE = /^(\d{2})x(\d{2})$/
const POINT = /^([1-9]\d{0,5}),(-?\d{1,6}(?:\.\d{1,3})?),(-?\d{1,6}(?:\.\d{1,3})?)$/
const PDF = 'application/pdf'

function sealApi(
  context: CommandContext,
  options: Parameters<typeof serverApi>[2],
): Promise<ServerApi> {
  return serverApi(context, '/api/seals', options)
}

/** Lists seals, the newest first. */
export async function runSealList(context: CommandContext): Promise<number> {
  const { values } = readArguments(sealListSpec, context.args)
  const answer = await (await sealApi(context, values)).call('')
  if (values.json) context.print(printableJson(answer))
  else for (const seal of listIn(answer, 'seals')) context.print(sealLine(seal))
  return EXIT.valid
}

/** Applies for a seal. */
export async function runSealApply(context: CommandContext): Promise<number> {
  const { values } = readArguments(sealApplySpec, context.args)
  const image = await imageOf(values.image, values.size)
  const lowerLine = values['lower-line']
  const answer = await (await sealApi(context, values)).call('', {
    maker: values.maker,
    name: values.name,
    kind: values.kind,
    reason: values.reason,
    ...(values.rank === undefined ? {} : { rank: values.rank }),
    ...(lowerLine === undefined ? {} : { lowerLine }),
    ...(values.replaces === undefined ? {} : { replaces: values.replaces }),
    ...(values.licences ? { licences: true } : {}),
    ...(image === undefined ? {} : { image }),
  })
  context.print(values.json ? printableJson(answer) : textIn(answer, 'id'))
  return EXIT.valid
}

/** Takes a step in a seal's life. */
export async function runSealStep(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(sealStepSpec, context.args)
  const [sealId = '', step = ''] = operands
  if (!STEPS.includes(step)) throw new UsageError(`STEP is one of ${STEPS.join(', ')}`)
  if (values.days !== undefined && step !== 'make') throw new UsageError('--days goes with make')
  const days = values.days === undefined ? {} : { days: Number(values.days) }
  const api = await sealApi(context, values)
  const seal = await api.call(`/${inPath(sealId)}/${step}`, { reason: values.reason, ...days })
  context.print(values.json ? printableJson(seal) : sealLine(seal))
  return EXIT.valid
}

/** Prints the record of a seal. */
export async function runSealRecord(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(sealRecordSpec, context.args)
  const path = `/${inPath(operands[0] ?? '')}/record`
  const api = await sealApi(context, values)
  if (values.json) context.print(printableJson(await api.call(path)))
  else context.print(utf8Decode(await api.bytes(path, { accept: 'text/csv' })).trimEnd())
  return EXIT.valid
}

/** Asks for a seal on files. */
export async function runSealRequest(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(sealRequestSpec, context.args)
  const [sealId = '', ...paths] = operands
  const place = placeOf(values.keyword, values.at)
  const files = await Promise.all(paths.map(namedFile))
  const api = await sealApi(context, values)
  const answer = await api.call(`/${inPath(sealId)}/uses`, {
    purpose: values.purpose,
    files: files.map((file) => ({ ...file, ...(place === undefined ? {} : { place }) })),
  })
  context.print(values.json ? printableJson(answer) : textIn(answer, 'id'))
  return EXIT.valid
}

/** Approves or refuses. */
export async function runSealDecide(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(sealDecideSpec, context.args)
  const [useId = '', ...paths] = operands
  const files = await Promise.all(paths.map(namedFile))
  const api = await sealApi(context, values)
  const use = await api.call(`/uses/${inPath(useId)}/decision`, {
    decision: values.refuse ? 'refuse' : 'approve',
    files: files.map(({ sha256 }) => sha256),
    ...(values.reason === undefined ? {} : { reason: values.reason }),
  })
  context.print(values.json ? printableJson(use) : textIn(use, 'state'))
  return EXIT.valid
}

/** Puts the approved seal on a file; what is written is there whole or not at all. */
export async function runSealPut(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(sealPutSpec, context.args)
  const [useId = '', path = ''] = operands
  const { sha256 } = await namedFile(path)
  const api = await sealApi(context, values)
  const target = `/uses/${inPath(useId)}/files/${sha256}`
  const out = values.out ?? (values.pdf ? sealedName(path) : `${path}.seal`)
  const bytes = values.pdf
    ? await api.bytes(`${target}/pdf`, {
        accept: PDF,
        pdf: await readLimited(path, MAX_PDF_BYTES + 1),
      })
    : await api.bytes(`${target}/impression`, {
        accept: SEAL_MEDIA_TYPE,
        body: await earlierIn(`${path}.seal`),
      })
  await writeDurably(out, bytes).catch(() => {
    throw new UsageError(`cannot write ${printable(out)}`)
  })
  context.print(values.json ? printableJson({ file: out, bytes: bytes.length }) : printable(out))
  return EXIT.valid
}

/** The `.seal` that lies there already; on a second try it may be the answer of the first. */
async function earlierIn(path: string): Promise<JsonObject> {
  const bytes = await readLimited(path, MAX_SEAL_FILE_BYTES + 1).catch((error: unknown) => {
    if (error instanceof UsageError) return undefined
    throw error
  })
  return bytes === undefined ? {} : { earlier: toBase64url(bytes) }
}

async function imageOf(
  file: string | undefined,
  size: string | undefined,
): Promise<JsonObject | undefined> {
  if (file === undefined && size === undefined) return undefined
  const found = SIZE.exec(size ?? '')
  if (file === undefined || found === null) {
    throw new UsageError('--image PNG and --size WxH go together')
  }
  const png = toBase64url(await readLimited(file, MAX_IMAGE_BYTES + 1))
  return { png, widthMm: Number(found[1]), heightMm: Number(found[2]) }
}

function placeOf(keyword: string | undefined, at: string | undefined): JsonObject | undefined {
  if (keyword !== undefined && at !== undefined) {
    throw new UsageError('--keyword and --at exclude each other')
  }
  if (keyword !== undefined) return { keyword }
  if (at === undefined) return undefined
  const found = POINT.exec(at)
  if (found === null) throw new UsageError('--at wants PAGE,X,Y')
  return { page: Number(found[1]), x: Number(found[2]), y: Number(found[3]) }
}

/** `letter.pdf` becomes `letter-sealed.pdf`. */
function sealedName(path: string): string {
  return path.replace(/(\.pdf)?$/i, '-sealed$1')
}

/** An id that cannot lead elsewhere. */
function inPath(id: string): string {
  if (!/^[0-9a-fA-F-]{36}$/.test(id)) throw new UsageError('an id has 36 characters')
  return id
}

function sealLine(seal: JsonObject): string {
  const [id, state, number, name] = ['id', 'state', 'number', 'name'].map((member) =>
    printable(String(seal[member] ?? '-')),
  )
  const use = seal['licences'] === true ? '  (licences)' : ''
  return `${id}  ${state}  ${number}  ${name}${use}`
}

function listIn(answer: JsonObject, name: string): readonly JsonObject[] {
  const list: JsonValue | undefined = answer[name]
  return Array.isArray(list) ? list.filter(isObject) : []
}

function textIn(answer: JsonObject, name: string): string {
  return printable(String(answer[name] ?? ''))
}

/** The guides of this server's offices, each version for ever: a case goes by the version it began with. */
import { encodeJson, fault, type JsonValue, parseJson, sha256Base64url } from '@onetrip/codec'
import { type Matter, parseMatterCatalogue, TARGET } from '@onetrip/trust'
import { recordAct } from '../record/append.ts'
import type { Services } from '../services.ts'
import { type StorageReader, transact } from '../storage/database.ts'
import { parseGuide } from './guide.ts'
import type { Guide } from './guide-shape.ts'

const GUIDE_LIMITS = { maxBytes: 1_048_576 } as const

/** A matter with its guide. */
export interface GuidedMatter {
  readonly matter: Matter
  readonly guide: Guide
}

/**
 * Registers a version of a guide; the same one again changes nothing. Throws `guide/format`, `guide/unknown` for a matter that the
 * catalogue does not have, `guide/version` for another guide under a version that is there.
 */
export async function registerGuide(services: Services, json: JsonValue): Promise<void> {
  await transact(services.storage, async (transaction) => {
    const matter = matterNamed(await mattersIn(transaction), json)
    const { version } = parseGuide(json, matter)
    const document = encodeJson(json)
    const known = await documentOf(transaction, matter.code, version)
    if (known === document) return
    if (known !== undefined) throw fault('guide/version')
    await transaction
      .insertInto('guide')
      .values({ matter: matter.code, version, document })
      .execute()
    const facts = { matter: matter.code, version, digest: sha256Base64url(document) }
    await recordAct(services, transaction, { act: 'guide/register', facts })
  })
}

/** Matters that have a guide, each with its newest version, in the order of the catalogue. */
export async function listGuides(reader: StorageReader): Promise<readonly GuidedMatter[]> {
  const matters = await mattersIn(reader)
  const guided = await Promise.all(
    matters.map(async (matter) => {
      const version = await newestVersion(reader, matter.code)
      return version === undefined ? [] : [await guideIn(reader, matter, version)]
    }),
  )
  return guided.flat()
}

/** A matter with its guide in a version, the newest unless said. Throws `guide/unknown`. */
export async function loadGuide(
  reader: StorageReader,
  code: string,
  version?: number,
): Promise<GuidedMatter> {
  const matter = (await mattersIn(reader)).find((one) => one.code === code)
  const wanted = version ?? (await newestVersion(reader, code))
  if (matter === undefined || wanted === undefined) throw fault('guide/unknown')
  return guideIn(reader, matter, wanted)
}

async function guideIn(
  reader: StorageReader,
  matter: Matter,
  version: number,
): Promise<GuidedMatter> {
  const document = await documentOf(reader, matter.code, version)
  if (document === undefined) throw fault('guide/unknown')
  return { matter, guide: parseGuide(parseJson(document, GUIDE_LIMITS), matter) }
}

async function mattersIn(reader: StorageReader): Promise<readonly Matter[]> {
  const row = await reader
    .selectFrom('trust_document')
    .select('body')
    .where('path', '=', TARGET.catalogue)
    .executeTakeFirst()
  return row === undefined ? [] : parseMatterCatalogue(parseJson(row.body, GUIDE_LIMITS))
}

function matterNamed(matters: readonly Matter[], json: JsonValue): Matter {
  const code =
    typeof json === 'object' && json !== null && 'matter' in json ? json['matter'] : undefined
  const matter = matters.find((one) => one.code === code)
  if (matter === undefined) throw fault('guide/unknown')
  return matter
}

async function newestVersion(reader: StorageReader, matter: string): Promise<number | undefined> {
  const { newest } = await reader
    .selectFrom('guide')
    .select((row) => row.fn.max('version').as('newest'))
    .where('matter', '=', matter)
    .executeTakeFirstOrThrow()
  return newest === null ? undefined : Number(newest)
}

async function documentOf(
  reader: StorageReader,
  matter: string,
  version: number,
): Promise<string | undefined> {
  const row = await reader
    .selectFrom('guide')
    .select('document')
    .where('matter', '=', matter)
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.document
}

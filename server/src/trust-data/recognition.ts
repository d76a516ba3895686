/** Registering what the role `targets` is to sign for besides agencies and types: recognition list (互认) and matter catalogue. */
import {
  encodeJson,
  fault,
  isObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  sha256,
  sha256Base64url,
  toBase64url,
  utf8Decode,
} from '@onetrip/codec'
import { parseMatterCatalogue, parseRecognitionList, rootTargetOf, TARGET } from '@onetrip/trust'
import type { Services } from '../services.ts'
import type { StorageTransaction } from '../storage/database.ts'
import { register } from './register.ts'

const ROOT_LIMITS = { maxBytes: 524_288 } as const

/** A jurisdiction to recognise. */
export interface RecognitionEntry {
  readonly id: string
  readonly name: { readonly 'zh-CN': string; readonly en: string }
  /** Address of its TUF repository, ending in `/`. */
  readonly repository: string
  /** Licence types accepted from it. */
  readonly types: readonly string[]
  /** Its root metadata, as a person has vouched for them. */
  readonly root: Uint8Array
}

/**
 * Makes these the recognised jurisdictions: one that is left out is withdrawn. Throws `trust/format` and changes nothing
 * when an entry is not in the right form.
 */
export async function registerRecognition(
  services: Services,
  entries: readonly RecognitionEntry[],
): Promise<void> {
  const jurisdictions = entries.map(({ root, name, types, ...entry }): JsonObject => {
    const rootDigest = toBase64url(sha256(root))
    return { ...entry, name: { ...name }, types: [...types], rootDigest }
  })
  const list: JsonObject = { format: 1, jurisdictions }
  parseRecognitionList(list)
  const documents = new Map<string, string>([[TARGET.recognition, encodeJson(list)]])
  for (const entry of entries) documents.set(rootTargetOf(entry), rootText(entry.root))
  const facts = { digest: sha256Base64url(encodeJson(list)), jurisdictions: entries.length }
  await register(services, { act: 'recognition/register', facts }, async (transaction) => {
    await transaction
      .deleteFrom('trust_document')
      .where('path', 'like', 'recognition%')
      .where('path', 'not in', [...documents.keys()])
      .execute()
    for (const [path, body] of documents) await putDocument(transaction, path, body)
  })
}

/** Publishes the matter catalogue, in place of the one before. Throws `trust/format`. */
export async function registerCatalogue(services: Services, catalogue: JsonValue): Promise<void> {
  parseMatterCatalogue(catalogue)
  const body = encodeJson(catalogue)
  const facts = { digest: sha256Base64url(body) }
  await register(services, { act: 'catalogue/register', facts }, (transaction) =>
    putDocument(transaction, TARGET.catalogue, body),
  )
}

async function putDocument(
  transaction: StorageTransaction,
  path: string,
  body: string,
): Promise<void> {
  await transaction
    .insertInto('trust_document')
    .values({ path, body })
    .onConflict((conflict) =>
      conflict.column('path').doUpdateSet({ body }).where('trust_document.body', '!=', body),
    )
    .execute()
}

/** Documents are kept as text; a root that is none would not come back as the bytes that were signed. */
function rootText(root: Uint8Array): string {
  if (!isObject(parseJson(root, ROOT_LIMITS))) throw fault('trust/format')
  return utf8Decode(root)
}

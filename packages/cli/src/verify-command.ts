/** `onetrip verify`: one file (with its `.seal`), trust data and a time become a verdict and an exit code. */
import { MAX_FRAME_LINES_CHARACTERS, toHex, utf8Encode } from '@onetrip/codec'
import type { Mode } from '@onetrip/credential'
import { MAX_RECEIPT_BYTES } from '@onetrip/log'
import { isSealForm, MAX_PDF_BYTES } from '@onetrip/seal'
import { readPackReceipts } from '@onetrip/trust'
import {
  type DocumentOptions,
  type DocumentVerdict,
  isProofOfEntry,
  verify,
  verifyDocument,
  verifySeal,
} from '@onetrip/verifier'
import { readArguments } from './command-spec.ts'
import { describeDocument, describeLoneSeal } from './describe-document.ts'
import { describeVerdict } from './describe-verdict.ts'
import { loadTrust } from './load-trust.ts'
import { withPackFile } from './pack/file-source.ts'
import { parseTime } from './parse-time.ts'
import { printableJson } from './printable.ts'
import { readFileOrInput, readLimited } from './read-limited.ts'
import { fileOf, readSealedFile, sealFileFor } from './read-sealed-file.ts'
import { verifySpec } from './specs/verify.ts'
import { textOrBytes } from './text-or-bytes.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'
import { readPackage, verifyPackage } from './verify-archive.ts'
import { verifyAsked } from './verify-asked.ts'

/** One byte more than the verifier takes, so that longer input is refused by its own rule. */
const MAX_FILE_BYTES = MAX_FRAME_LINES_CHARACTERS + 1
const PDF_START = '%PDF-'
const MODES: readonly Mode[] = ['requested', 'live', 'document', 'copy', 'paper', 'delegate']

/** Prints the verdict on FILE; resolves to the exit code of its outcome. */
export async function runVerify(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(verifySpec, context.args)
  const [named = ''] = operands
  const file = await fileOf(named)
  if (values.trust === undefined && values.store === undefined) {
    const archive = await readPackage(context, file)
    if (archive !== undefined) return verifyPackage(context, archive, values)
  }
  const trust = await loadTrust(context, values)
  const now = values.at === undefined ? context.now() : parseTime(values.at)
  const options: DocumentOptions = {
    trust,
    now,
    office: values.office,
    accept: values.accept === undefined ? MODES : parseModes(values.accept),
    readText,
    ...(values.receipt === undefined
      ? await packedReceipts(values.trust, { trust, now })
      : await keptReceipt(values.receipt)),
  }
  const tell = (verdict: DocumentVerdict): number => {
    context.print(values.json ? printableJson(verdict) : describeDocument(verdict))
    return EXIT[verdict.outcome]
  }
  const sealFile = await sealFileFor(file, values.seal)
  if (sealFile !== undefined) {
    return tell(await verifyDocument(await readSealedFile(file, sealFile), options))
  }
  const bytes = await readFileOrInput(context, file, MAX_PDF_BYTES + 1)
  if (utf8Encode(PDF_START).every((byte, at) => bytes[at] === byte)) {
    return tell(await verifyDocument({ pdf: bytes }, options))
  }
  const input = textOrBytes(bytes.subarray(0, MAX_FILE_BYTES))
  if (isSealForm(input)) {
    const verdict = await verifySeal(input, options)
    context.print(values.json ? printableJson(verdict) : describeLoneSeal(verdict))
    return EXIT[verdict.outcome]
  }
  const { request, answer } = values
  const asked = await verifyAsked(input, { options, request, answer })
  if (asked !== undefined) {
    context.print(values.json ? printableJson(asked.verdict) : asked.describe())
    return EXIT[asked.verdict.outcome]
  }
  const verdict = await verify(input, options)
  context.print(values.json ? printableJson(verdict) : describeVerdict(verdict))
  return EXIT[verdict.outcome]
}

/** The receipt in a file, for whichever entry it is asked: it says itself of which it is. */
async function keptReceipt(file: string): Promise<Pick<DocumentOptions, 'receipts'>> {
  const receipt = await readLimited(file, MAX_RECEIPT_BYTES + 1)
  return { receipts: () => receipt }
}

/** Those of the pack that the trust data come from; one that proves nothing is none. */
async function packedReceipts(
  pack: string | undefined,
  by: Pick<DocumentOptions, 'trust' | 'now'>,
): Promise<Pick<DocumentOptions, 'receipts'>> {
  const listed = pack === undefined ? [] : await withPackFile(pack, readPackReceipts)
  const byLeaf = new Map(listed.map((one) => [toHex(one.leaf), one]))
  if (byLeaf.size === 0) return {}
  return {
    receipts: async (leaf) => {
      const one = byLeaf.get(toHex(leaf))
      return one !== undefined && (await isProofOfEntry(one, by)) ? one.receipt : undefined
    },
  }
}

/** The server's reader, loaded for a PDF that carries a licence: verifying anything else does not load the server. */
async function readText(pdf: Uint8Array): Promise<readonly string[]> {
  const { readPageText } = await import('@onetrip/server')
  return readPageText(pdf)
}

function parseModes(text: string): readonly Mode[] {
  const modes = text.split(',').map((word) => MODES.find((mode) => mode === word))
  return modes.map((mode) => {
    if (mode === undefined) throw new UsageError(`--accept wants some of ${MODES.join(',')}`)
    return mode
  })
}

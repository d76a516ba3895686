/** `onetrip verify`: one file (with its `.seal`), trust data and a time become a verdict and an exit code. */
import type { Mode } from '@onetrip/credential'
import { type DocumentOptions, verify, verifyDocument } from '@onetrip/verifier'
import { readArguments } from './command-spec.ts'
import { describeDocument } from './describe-document.ts'
import { describeVerdict } from './describe-verdict.ts'
import { loadTrust } from './load-trust.ts'
import { parseTime } from './parse-time.ts'
import { printableJson } from './printable.ts'
import { readFileOrInput } from './read-limited.ts'
import { readSealedFile, sealFileFor } from './read-sealed-file.ts'
import { verifySpec } from './specs/verify.ts'
import { textOrBytes } from './text-or-bytes.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

/** One byte more than the verifier takes, so that longer input is refused by its own rule. */
const MAX_FILE_BYTES = 65_537
const MODES: readonly Mode[] = ['requested', 'live', 'document', 'copy', 'paper']

/** Prints the verdict on FILE; resolves to the exit code of its outcome. */
export async function runVerify(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(verifySpec, context.args)
  const [file = ''] = operands
  const options: DocumentOptions = {
    trust: await loadTrust(context, values),
    now: values.at === undefined ? context.now() : parseTime(values.at),
    office: values.office,
    accept: values.accept === undefined ? MODES : parseModes(values.accept),
  }
  const sealFile = await sealFileFor(file, values.seal)
  if (sealFile !== undefined) {
    const verdict = await verifyDocument(await readSealedFile(file, sealFile), options)
    context.print(values.json ? printableJson(verdict) : describeDocument(verdict))
    return EXIT[verdict.outcome]
  }
  const input = textOrBytes(await readFileOrInput(context, file, MAX_FILE_BYTES))
  const verdict = await verify(input, options)
  context.print(values.json ? printableJson(verdict) : describeVerdict(verdict))
  return EXIT[verdict.outcome]
}

function parseModes(text: string): readonly Mode[] {
  const modes = text.split(',').map((word) => MODES.find((mode) => mode === word))
  return modes.map((mode) => {
    if (mode === undefined) throw new UsageError(`--accept wants some of ${MODES.join(',')}`)
    return mode
  })
}

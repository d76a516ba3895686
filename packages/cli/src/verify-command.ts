/** `onetrip verify`: one file, trust data and a time become a verdict and an exit code. */
import { Fault } from '@onetrip/codec'
import type { Mode } from '@onetrip/credential'
import { MAX_PACK_BYTES, MAX_ROOT_BYTES, openPack, packInMemory, type Trust } from '@onetrip/trust'
import { verify } from '@onetrip/verifier'
import { readArguments } from './command-spec.ts'
import { describeVerdict } from './describe-verdict.ts'
import { parseTime } from './parse-time.ts'
import { printableJson } from './printable.ts'
import { readFileOrInput, readLimited } from './read-limited.ts'
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
  const trust = await loadTrust(values.trust, values.root ?? context.environment['ONETRIP_ROOT'])
  const verdict = await verify(textOrBytes(await readFileOrInput(context, file, MAX_FILE_BYTES)), {
    trust,
    now: values.at === undefined ? context.now() : parseTime(values.at),
    office: values.office,
    accept: values.accept === undefined ? MODES : parseModes(values.accept),
  })
  context.print(values.json ? printableJson(verdict) : describeVerdict(verdict))
  return EXIT[verdict.outcome]
}

async function loadTrust(trustFile: string, rootFile: string | undefined): Promise<Trust> {
  if (!rootFile) throw new UsageError('no root: give --root FILE, or set ONETRIP_ROOT')
  const initialRoot = await readLimited(rootFile, MAX_ROOT_BYTES)
  const source = packInMemory(await readLimited(trustFile, MAX_PACK_BYTES))
  try {
    return await openPack({ source, initialRoot })
  } catch (error) {
    if (error instanceof Fault)
      throw new UsageError(`the trust data cannot be used (${error.code})`)
    throw error
  }
}

function parseModes(text: string): readonly Mode[] {
  const modes = text.split(',').map((word) => MODES.find((mode) => mode === word))
  return modes.map((mode) => {
    if (mode === undefined) throw new UsageError(`--accept wants some of ${MODES.join(',')}`)
    return mode
  })
}

/** `onetrip inspect`: decodes anything of ours and says what it is. */
import { Fault, parseJson } from '@onetrip/codec'
import { parseTypeDefinition, type TypeDefinition } from '@onetrip/credential'
import { licenceTypes } from '@onetrip/fixtures'
import { MAX_PACK_BYTES } from '@onetrip/trust'
import { readArguments } from './command-spec.ts'
import { inspect } from './inspect/inspect.ts'
import type { Inspection } from './inspect/inspection.ts'
import { renderTree } from './inspect/render-tree.ts'
import { printable, printableJson } from './printable.ts'
import { readFileOrInput, readLimited } from './read-limited.ts'
import { inspectSpec } from './specs/inspect.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

const MAX_TYPE_BYTES = 65_536

/** Prints what FILE is. */
export async function runInspect(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(inspectSpec, context.args)
  const [file = ''] = operands
  const types = [...(await Promise.all(values.type.map(loadType))), ...sampleTypes()]
  // A pack is the largest of all; one byte more than is taken, so that what is too long is seen to be.
  const bytes = await readFileOrInput(context, file, MAX_PACK_BYTES + 1)
  if (bytes.length > MAX_PACK_BYTES) throw new UsageError(`${printable(file)} is too large`)
  const inspection = await inspect(bytes, types)
  context.print(values.json ? printableJson(inspection) : describe(inspection))
  if (inspection.kind === 'unknown') return EXIT.unverifiable
  return inspection.fault === undefined ? EXIT.valid : EXIT.invalid
}

function describe({ name, fault, bytes, parts }: Inspection): string {
  return [
    name,
    ...(fault === undefined ? [] : [`  fault: ${fault}`]),
    `  ${bytes.toLocaleString('en')} bytes; decoded only, nothing is verified`,
    ...renderTree(parts),
  ].join('\n')
}

function sampleTypes(): readonly TypeDefinition[] {
  return licenceTypes.map((type) => parseTypeDefinition(type))
}

async function loadType(file: string): Promise<TypeDefinition> {
  try {
    return parseTypeDefinition(parseJson(await readLimited(file, MAX_TYPE_BYTES + 1)))
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw new UsageError(`${printable(file)} is not a type definition (${error.code})`)
  }
}

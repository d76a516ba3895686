/** What `onetrip verify` makes of an archive package: it brings its trust data, so that a root is all it takes. */
import {
  type ArchivePlace,
  type ArchiveVerdict,
  isZip,
  MAX_ZIP_BYTES,
  verifyArchive,
} from '@onetrip/archive'
import type { ErrorCode } from '@onetrip/codec'
import { reasonWords } from '@onetrip/ui/reason-words'
import { headline } from './describe-verdict.ts'
import { loadRoot } from './load-trust.ts'
import { printable, printableJson } from './printable.ts'
import { readFileOrInput } from './read-limited.ts'
import { type CommandContext, EXIT } from './usage.ts'
import { utc } from './utc.ts'

/** What the codes of packages mean, for people. */
const WORDS: Readonly<
  Partial<Record<ErrorCode, { readonly 'zh-CN': string; readonly en: string }>>
> = {
  'archive/altered': {
    'zh-CN': '归档包与归档时不一致，内容被改动过',
    en: 'the package is not as it was packed: something in it was changed',
  },
  'archive/format': {
    'zh-CN': '不是归档包，或者文件已损坏',
    en: 'this is no archive package, or the file is damaged',
  },
  'archive/incomplete': {
    'zh-CN': '归档包不完整：缺少文件，或者有未登记的文件',
    en: 'the package is not whole: a file is missing, or one is there that no list names',
  },
  'archive/limit': {
    'zh-CN': '归档包超出可验证的大小',
    en: 'the package is larger than what is verified',
  },
  'archive/unproven': {
    'zh-CN': '没有日志证明可以说明由谁、何时归档',
    en: 'nothing in the log proves who packed this, and when',
  },
}

/** The package in a file, if it is a ZIP file. Throws `UsageError`. */
export async function readPackage(
  context: CommandContext,
  file: string,
): Promise<Uint8Array | undefined> {
  const bytes = await readFileOrInput(context, file, MAX_ZIP_BYTES + 1)
  return isZip(bytes) ? bytes : undefined
}

/** Prints the verdict on a package; resolves to the exit code of its outcome. Throws `UsageError` without a root. */
export async function verifyPackage(
  context: CommandContext,
  bytes: Uint8Array,
  { root, json }: { readonly root: string | undefined; readonly json: boolean },
): Promise<number> {
  const verdict = await verifyArchive(bytes, { initialRoot: await loadRoot(context, root) })
  context.print(json ? printableJson(verdict) : describeArchive(verdict))
  return EXIT[verdict.outcome]
}

function describeArchive(verdict: ArchiveVerdict): string {
  const { contents, packedAt, place, files, entries, items, reason } = verdict
  return [
    headline(verdict),
    ...describeReason(reason, '  '),
    ...(contents === undefined
      ? []
      : [`  package of ${contents.subject.kind} ${printable(contents.subject.id)}`]),
    ...(contents === undefined || place === undefined
      ? []
      : [`  packed by ${printable(contents.agency)} at ${utc(packedAt ?? 0)}, as the log says`]),
    ...(place === undefined ? [] : [describePlace(place)]),
    ...(files === undefined ? [] : [`  ${files} files, each as its lists say`]),
    ...(entries === undefined ? [] : [`  ${entries} entries of the log about it, each proven`]),
    ...items.flatMap((item) => [
      `  ${printable(item.file)}: ${headline(item)}`,
      ...describeReason(item.reason, '    '),
    ]),
  ].join('\n')
}

function describePlace({ log, index, size, witnesses, quorum }: ArchivePlace): string {
  const seen = quorum === 0 ? 'no witness is asked' : `${witnesses} witnesses, ${quorum} needed`
  return `  entry ${index} of ${size} in the log ${printable(log)}; ${seen}`
}

function describeReason(reason: ErrorCode | undefined, indent: string): readonly string[] {
  const words = reason === undefined ? undefined : (WORDS[reason] ?? reasonWords(reason))
  return words === undefined ? [] : [`${indent}${words['zh-CN']}`, `${indent}${words.en}`]
}

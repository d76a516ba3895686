/**
 * Files of a package outside `data/`. The log commits to what is kept and to none of these, so whoever has a package could lay others beside
 * it, or say another organisation's name in them: there are just those that the contents ask for, and they say what the contents say.
 */
import { fault, utf8Decode } from '@onetrip/codec'
import { type BagFiles, INFO, isOfEveryBag } from './bag.ts'
import { type ArchiveContents, entryFiles } from './contents.ts'

const MAX_INFO_BYTES = 65_536
/** One line for each label, none that goes on in the next. */
const INFO_TEXT = /^(?:[A-Za-z-]+: [^\r\n]*\n)*$/

/**
 * Throws `archive/incomplete` for a file that belongs to no package, `archive/altered` where `bag-info.txt` names another organisation or
 * subject than the contents, `archive/format` and `archive/limit` where it is not as packages have it.
 */
export function assertTagFiles(files: BagFiles, contents: ArchiveContents): void {
  const own = entryFiles('package')
  const known = new Set([
    ...Object.values(own),
    ...contents.entries.map((index) => entryFiles(index).proof),
  ])
  const isKnown = (path: string): boolean =>
    path.startsWith('data/') || isOfEveryBag(path) || known.has(path)
  if (![...files.keys()].every(isKnown)) throw fault('archive/incomplete')
  assertInfo(files.get(INFO), contents)
}

function assertInfo(bytes: Uint8Array | undefined, { agency, subject }: ArchiveContents): void {
  if (bytes === undefined) throw fault('archive/incomplete')
  if (bytes.length > MAX_INFO_BYTES) throw fault('archive/limit')
  const text = textOf(bytes)
  if (!INFO_TEXT.test(text)) throw fault('archive/format')
  const lines = text.split('\n')
  const said = (label: string): readonly string[] => lines.filter((line) => isOf(label, line))
  const isTrue =
    said('Source-Organization').join('\n') === `Source-Organization: ${agency}` &&
    said('Internal-Sender-Identifier').join('\n') === `Internal-Sender-Identifier: ${subject.id}`
  if (!isTrue) throw fault('archive/altered')
}

/** Labels are the same in other letters (RFC 8493 §2.2.2). */
function isOf(label: string, line: string): boolean {
  return line.slice(0, line.indexOf(':')).trim().toLowerCase() === label.toLowerCase()
}

function textOf(bytes: Uint8Array): string {
  try {
    return utf8Decode(bytes)
  } catch {
    throw fault('archive/format')
  }
}

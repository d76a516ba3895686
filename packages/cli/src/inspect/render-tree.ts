/** A tree as indented lines for people; long lists and texts are cut, and say so. */
import { isObject, type JsonObject, type JsonValue } from '@onetrip/codec'
import { escaped } from '../printable.ts'

const MAX_ROWS = 64
const MAX_TEXT = 4_096
const MAX_INLINE = 76

/** Lines of a tree, two spaces for each level below `level`. */
export function renderTree(tree: JsonObject, level = 1): readonly string[] {
  const indent = '  '.repeat(level)
  return cut(Object.entries(tree), indent).flatMap((entry) =>
    typeof entry === 'string' ? [entry] : renderEntry({ name: entry[0], value: entry[1], level }),
  )
}

function renderEntry(entry: {
  readonly name: string
  readonly value: JsonValue
  readonly level: number
}): readonly string[] {
  const { name, value, level } = entry
  const label = `${'  '.repeat(level)}${escaped(name)}:`
  if (isObject(value)) return [label, ...renderTree(value, level + 1)]
  if (isScalar(value)) return [`${label} ${scalarText(value)}`]
  if (value.length === 0) return [`${label} none`]
  const inline = value.every(isScalar) ? value.map(scalarText).join(', ') : undefined
  if (inline !== undefined && inline.length <= MAX_INLINE) return [`${label} ${inline}`]
  return [label, ...renderItems(value, level + 1)]
}

function renderItems(items: readonly JsonValue[], level: number): readonly string[] {
  const indent = '  '.repeat(level)
  return cut(
    items.map((item) => [item] as const),
    indent,
  ).flatMap((entry) => {
    if (typeof entry === 'string') return [entry]
    const [item] = entry
    if (isScalar(item)) return [`${indent}- ${scalarText(item)}`]
    const object: JsonObject = isObject(item) ? item : { list: item }
    const [first = '', ...rest] = renderTree(object, level + 1)
    return [`${indent}- ${first.trimStart()}`, ...rest]
  })
}

/** The first rows, and a line that counts the others. */
function cut<Row>(rows: readonly Row[], indent: string): readonly (Row | string)[] {
  if (rows.length <= MAX_ROWS) return rows
  return [
    ...rows.slice(0, MAX_ROWS),
    `${indent}… ${rows.length - MAX_ROWS} more (--json shows all)`,
  ]
}

function isScalar(value: JsonValue): value is string | number | boolean | null {
  return value === null || typeof value !== 'object'
}

function scalarText(value: string | number | boolean | null): string {
  const text = String(value)
  return text.length <= MAX_TEXT ? escaped(text) : `${escaped(text.slice(0, MAX_TEXT))}…`
}

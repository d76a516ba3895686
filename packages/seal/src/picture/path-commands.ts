/**
 * Outlines as lists of commands (SVG 2 §9.3), absolute and of five kinds only, and their one text: a letter, its numbers
 * with single spaces between, at most two decimals, no zero that says nothing.
 */
import { fault } from '@onetrip/codec'

/** A point; what it measures is said where it is used. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Moves, lines, quadratic and cubic curves through `points`, the last of which is where it ends; or closes. */
export interface PathCommand {
  readonly kind: CommandKind
  readonly points: readonly Point[]
}

/** The letter of a command in SVG. */
export type CommandKind = keyof typeof POINT_COUNTS

/** Most commands of a picture: 60 characters of 300 strokes' ends are fewer. */
export const MAX_COMMANDS = 32_768

/** A rectangle from the origin in which all points lie. */
export interface Box {
  readonly width: number
  readonly height: number
}

const POINT_COUNTS = { M: 1, L: 1, Q: 2, C: 3, Z: 0 } as const
const DECIMALS = 100
const NUMBER = /(?:0|[1-9]\d{0,2})(?:\.\d?[1-9])?/y

/** Writes commands whose coordinates are not negative, rounded to two decimals. */
export function formatPath(commands: readonly PathCommand[]): string {
  return commands
    .map(({ kind, points }) => kind + points.flatMap(({ x, y }) => [text(x), text(y)]).join(' '))
    .join('')
}

/**
 * Reads what {@link formatPath} writes: closed outlines that each begin with a move. Throws `seal/image-format`, also for
 * a point outside the box and for more than 32,768 commands.
 */
export function parsePath(path: string, box: Box): readonly PathCommand[] {
  const commands: PathCommand[] = []
  let offset = 0
  while (offset < path.length) {
    const kind = kindOf(path.charAt(offset))
    const isBegin = commands.length === 0 || commands.at(-1)?.kind === 'Z'
    if ((kind === 'M') !== isBegin || commands.length === MAX_COMMANDS) throw unreadable()
    const points: Point[] = []
    offset++
    for (let count = POINT_COUNTS[kind]; count > 0; count--) {
      if (points.length > 0) offset = skipSpace(path, offset)
      const x = numberAt(path, offset)
      offset = skipSpace(path, offset + x.length)
      const y = numberAt(path, offset)
      offset += y.length
      points.push(pointIn(box, Number(x), Number(y)))
    }
    commands.push({ kind, points })
  }
  if (commands.at(-1)?.kind !== 'Z') throw unreadable()
  return commands
}

/** The commands with each point moved. */
export function mapPoints(
  commands: readonly PathCommand[],
  move: (point: Point) => Point,
): readonly PathCommand[] {
  return commands.map(({ kind, points }) => ({ kind, points: points.map(move) }))
}

function text(value: number): string {
  return String(Math.round(value * DECIMALS) / DECIMALS)
}

function kindOf(letter: string): CommandKind {
  if (!isKind(letter)) throw unreadable()
  return letter
}

function isKind(letter: string): letter is CommandKind {
  return Object.hasOwn(POINT_COUNTS, letter)
}

function numberAt(path: string, offset: number): string {
  NUMBER.lastIndex = offset
  const [found] = NUMBER.exec(path) ?? []
  if (found === undefined) throw unreadable()
  return found
}

function skipSpace(path: string, offset: number): number {
  if (path.charAt(offset) !== ' ') throw unreadable()
  return offset + 1
}

function pointIn({ width, height }: Box, x: number, y: number): Point {
  if (x > width || y > height) throw unreadable()
  return { x, y }
}

function unreadable() {
  return fault('seal/image-format')
}

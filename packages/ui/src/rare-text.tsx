/**
 * A text with rare characters (GB 18030-2022): one that this device cannot draw is drawn from the licence's own
 * picture, else named; never a box.
 */

import { fromBase64url } from '@onetrip/codec'
import { GLYPH_SIDE, parseGlyphs } from '@onetrip/credential'
import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { isDrawable } from './drawable.ts'
import { glyphPath } from './glyph-path.ts'
import { t } from './messages.ts'
import { isRare } from './rare.ts'

/** Properties of {@link RareText}. */
export interface RareTextProps {
  readonly text: string
  /** Pictures of its characters in base64url, the value of a claim of format `glyphs`. */
  readonly pictures?: string | undefined
}

type Paths = ReadonlyMap<string, string>

/** The text; in place of a character without a glyph stands its picture, or its code, framed. */
export function RareText({ text, pictures }: RareTextProps): VNode {
  const paths = useMemo(() => pathsOf(pictures), [pictures])
  return (
    <>
      {Array.from(text).map((character, index) =>
        (isRare(character) || paths.has(character)) && !isDrawable(character) ? (
          <RareCharacter key={index} character={character} path={paths.get(character)} />
        ) : (
          character
        ),
      )}
    </>
  )
}

interface RareCharacterProps {
  readonly character: string
  readonly path: string | undefined
}

/** The character itself stays in the text, for copying. */
function RareCharacter({ character, path }: RareCharacterProps): VNode {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`
  return (
    <span class="rare" role="img" aria-label={t('rare.character', { code })} data-testid="rare">
      <span class="visually-hidden">{character}</span>
      {path === undefined ? (
        <span class="rare-code">{code}</span>
      ) : (
        <svg
          class="rare-picture"
          viewBox={`0 0 ${GLYPH_SIDE} ${GLYPH_SIDE}`}
          aria-hidden="true"
          data-testid="rare-picture"
        >
          <path d={path} />
        </svg>
      )}
    </span>
  )
}

/** Paths by character; damaged pictures are none. */
function pathsOf(pictures: string | undefined): Paths {
  if (pictures === undefined) return new Map()
  try {
    const glyphs = parseGlyphs(fromBase64url(pictures))
    return new Map(
      glyphs.map(({ codePoint, bitmap }) => [String.fromCodePoint(codePoint), glyphPath(bitmap)]),
    )
  } catch {
    return new Map()
  }
}

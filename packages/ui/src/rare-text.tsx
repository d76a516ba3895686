/** A text with rare characters (GB 18030-2022): one that this device cannot draw is named, never a box. */

import type { VNode } from 'preact'
import { isDrawable } from './drawable.ts'
import { t } from './messages.ts'
import { isRare } from './rare.ts'

/** Properties of {@link RareText}. */
export interface RareTextProps {
  readonly text: string
}

/** The text; in place of a character without a glyph stands its code, framed. */
export function RareText({ text }: RareTextProps): VNode {
  return (
    <>
      {Array.from(text).map((character, index) =>
        isRare(character) && !isDrawable(character) ? (
          <RareCharacter key={index} character={character} />
        ) : (
          character
        ),
      )}
    </>
  )
}

/** The character itself stays in the text, for copying. */
function RareCharacter({ character }: { readonly character: string }): VNode {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`
  return (
    <span class="rare" role="img" aria-label={t('rare.character', { code })} data-testid="rare">
      <span class="visually-hidden">{character}</span>
      <span class="rare-code">{code}</span>
    </span>
  )
}

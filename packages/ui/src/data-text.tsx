/** Text that comes from a licence, a trust list or a code: a text node of its own inside <bdi>. */

import type { ComponentType, VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { isRare } from './rare.ts'
import type { RareTextProps } from './rare-text.tsx'

/** Properties of {@link Data}. */
export interface DataProps {
  /** The received text; shown as it is, never as markup. */
  readonly children: string | number
  /** Pictures of its rare characters, from the licence, in base64url. */
  readonly pictures?: string | undefined
}

/** Shows received text isolated from the writing direction around it (case QR07). */
export function Data({ children, pictures }: DataProps): VNode {
  const text = String(children)
  return (
    <bdi translate={false} class="data">
      {pictures !== undefined || isRare(text) ? <Rare text={text} pictures={pictures} /> : children}
    </bdi>
  )
}

/** Ordinary text costs nothing: what looks at glyphs is loaded with the first rare character. */
function Rare(props: RareTextProps): VNode {
  const [Loaded, setLoaded] = useState<ComponentType<RareTextProps>>()
  useEffect(() => {
    import('./rare-text.tsx').then(
      ({ RareText }) => setLoaded(() => RareText),
      // Offline before it was ever loaded: the text as the device draws it.
      () => undefined,
    )
  }, [])
  return Loaded === undefined ? <span>{props.text}</span> : <Loaded {...props} />
}

/** Properties of {@link GroupedNumber}. */
export interface GroupedNumberProps {
  /** The number as it is written in the licence, without separators. */
  readonly value: string
  /** Characters in a group, from the left. */
  readonly size?: number
}

/** A long number in visual groups; the text itself stays whole for copying and reading aloud. */
export function GroupedNumber({ value, size = 4 }: GroupedNumberProps): VNode {
  return (
    <bdi translate={false} class="data grouped">
      {groupsOf(value, size).map((group, index) => (
        <span key={index}>{group}</span>
      ))}
    </bdi>
  )
}

/** Cuts a text into groups of `size` characters; a rest of one joins the group before it. */
export function groupsOf(value: string, size: number): readonly string[] {
  const characters = Array.from(value)
  const groups: string[] = []
  for (let at = 0; at < characters.length; at += size) {
    groups.push(characters.slice(at, at + size).join(''))
  }
  const last = groups.at(-1)
  if (groups.length > 1 && last !== undefined && Array.from(last).length === 1) {
    groups.splice(-2, 2, `${groups.at(-2) ?? ''}${last}`)
  }
  return groups
}

/** The picture of a seal as its maker signed it: outlines drawn by us, or pixels. It proves nothing by itself. */

import { type PicturePart, type ReadImage, readSealImage } from '@onetrip/seal'
import type { ShownSeal } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { td } from './document-words.ts'

/** Properties of {@link SealPicture}. */
export interface SealPictureProps {
  readonly seal: Pick<ShownSeal, 'name' | 'image'>
}

/** Draws a seal's picture, with the seal's name for who does not see it. */
export function SealPicture({ seal }: SealPictureProps): VNode {
  const { image, name } = seal
  const read = useMemo(() => readOrNone(image), [image])
  const label = td('picture.alt', { name })
  if (read === undefined) return <p class="hint">{td('picture.none')}</p>
  if (read.mediaType === 'image/png') return <Pixels bytes={image.bytes} label={label} />
  const { width, height, parts } = read.picture
  return (
    <bdi translate={false}>
      <svg class="seal-picture" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {parts.map((part, index) => (
          <path key={index} fill={part.fill} d={pathOf(part)} />
        ))}
      </svg>
    </bdi>
  )
}

function readOrNone(image: ShownSeal['image']): ReadImage | undefined {
  try {
    return readSealImage(image.bytes, image)
  } catch {
    return undefined
  }
}

function pathOf({ commands }: PicturePart): string {
  return commands
    .map(({ kind, points }) => kind + points.flatMap(({ x, y }) => [x, y]).join(' '))
    .join('')
}

interface PixelsProps {
  readonly bytes: Uint8Array
  readonly label: string
}

function Pixels({ bytes, label }: PixelsProps): VNode | null {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'image/png' }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [bytes])
  if (url === undefined) return null
  return (
    <bdi translate={false}>
      <img class="seal-picture" src={url} alt={label} />
    </bdi>
  )
}

/** A code that came as a picture: a screenshot, a photograph, a picture in a message. */
import { FileButton, Notice, readContent } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { wo } from '../words-offer.ts'

/** Properties of {@link OfferPicture}. */
export interface OfferPictureProps {
  /** Says of a text whether it is one of those that the wallet takes. */
  readonly isOurs: (text: string) => boolean
  readonly onText: (text: string) => void
}

/** Reads a code from a picture; the picture stays on this device. */
export function OfferPicture({ isOurs, onText }: OfferPictureProps): VNode {
  const [trouble, setTrouble] = useState<'none' | 'failed' | undefined>(undefined)
  return (
    <>
      <FileButton
        accept="image/*"
        onFiles={([file]) => {
          setTrouble(undefined)
          codeIn(file, isOurs).then(
            (text) => (text === undefined ? setTrouble('none') : onText(text)),
            () => setTrouble('failed'),
          )
        }}
        testId="offer-picture"
      >
        {wo('add.picture')}
      </FileButton>
      {trouble === undefined ? null : (
        <Notice tone="caution" live="alert" testId="offer-picture-trouble">
          {wo(`add.picture.${trouble}`)}
        </Notice>
      )}
    </>
  )
}

async function codeIn(
  picture: Blob,
  isOurs: OfferPictureProps['isOurs'],
): Promise<string | undefined> {
  const reading = await readContent(picture, { isOurs })
  const isText = 'input' in reading && typeof reading.input === 'string'
  return isText && isOurs(reading.input) ? reading.input : undefined
}

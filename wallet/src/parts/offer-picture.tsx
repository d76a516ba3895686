/** An agency's code that came as a picture: a screenshot, a photograph, a picture in a message. */
import { FileButton, Notice, readContent } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { isOfferText } from '../offer-text.ts'
import { settings, showOffer } from '../wallet-state.ts'
import { wo } from '../words-offer.ts'

/** Reads an offer from a picture; the picture stays on this device. */
export function OfferPicture(): VNode {
  const [trouble, setTrouble] = useState<'none' | 'failed' | undefined>(undefined)
  return (
    <>
      <FileButton
        accept="image/*"
        onFiles={([file]) => {
          setTrouble(undefined)
          offerIn(file).then(
            (offer) => (offer === undefined ? setTrouble('none') : showOffer(offer)),
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

async function offerIn(picture: Blob): Promise<string | undefined> {
  const isOurs = (text: string): boolean => isOfferText(text, settings.walletOrigin)
  const reading = await readContent(picture, { isOurs })
  const isText = 'input' in reading && typeof reading.input === 'string'
  return isText && isOurs(reading.input) ? reading.input : undefined
}

/**
 * The objects of a seal's update (ISO 32000-2 §12.7.4.5, §12.8, §7.11.4; EN 319 142-1 §5.3): the page with one more
 * annotation, the catalog with one more field and file, the signature field, the signature, its appearance, and our
 * `.seal` as an embedded file. Everything but the parameters comes from the base.
 */
import { fault } from '@onetrip/codec'
import { SEAL_MEDIA_TYPE } from '../seal-file.ts'
import { INK_NAME, SAMPLES_NAME, type SealAppearance, type SealSamples } from './appearance.ts'
import { catalogOf, listOrNone } from './objects.ts'
import type { PdfPage, PdfRect } from './page-tree.ts'
import {
  dictOf,
  nameOf,
  type PdfDict,
  type PdfRef,
  type PdfString,
  type PdfValue,
  refOf,
} from './pdf-value.ts'
import type { SealUpdateInput, WholeSealUpdateInput } from './seal-update.ts'
import { dateString, textString } from './text-string.ts'
import { catalogWith, withMember } from './update-catalog.ts'

/** An object of the update. */
export interface UpdateObject {
  readonly ref: PdfRef
  readonly dict: PdfDict
  /** Of a stream. */
  readonly bytes?: Uint8Array
}

/** The numbers of the new objects, by what they are; they follow each other from the base's size on. */
export interface UpdateNumbers {
  readonly field: number
  readonly signature: number
  readonly appearance: number
  readonly fileSpecification: number
  readonly file: number
  readonly samples: number
  readonly softMask: number
}

/** SubFilter of the signature. */
export const SUB_FILTER = 'ETSI.CAdES.detached'

/** Members of the build properties (ISO 32000-2 table 255), in which the writer's version stands. */
export const WRITER = {
  properties: 'Prop_Build',
  part: 'App',
  name: 'OneTrip',
  version: 'R',
} as const

/** Print and Locked (§12.5.3). */
const ANNOTATION_FLAGS = 132

/** How a form is turned so that it stands upright on a page that is turned to be read. */
const UPRIGHT: Readonly<Record<PdfPage['rotate'], readonly number[]>> = {
  0: [1, 0, 0, 1, 0, 0],
  90: [0, 1, -1, 0, 0, 0],
  180: [-1, 0, 0, -1, 0, 0],
  270: [0, -1, 1, 0, 0, 0],
}

/** Numbers from the base's size on. */
export function updateNumbers(size: number): UpdateNumbers {
  return {
    field: size,
    signature: size + 1,
    appearance: size + 2,
    fileSpecification: size + 3,
    file: size + 4,
    samples: size + 5,
    softMask: size + 6,
  }
}

/** Everything but the signature dictionary, whose text has places to be filled. Throws `pdf/*` for a base that is broken. */
export function updateObjects(options: {
  readonly input: SealUpdateInput
  readonly page: PdfPage
  readonly rect: PdfRect
  readonly numbers: UpdateNumbers
}): readonly UpdateObject[] {
  const { input, page, rect, numbers } = options
  const { pdf, appearance } = input
  const catalog = catalogOf(pdf)
  // One object cannot be both, whatever a file says.
  if (catalog.ref.number === page.ref.number) throw fault('pdf/page')
  const fieldRef = refOf(numbers.field)
  const fileRef = refOf(numbers.fileSpecification)
  const annotations = [...listOrNone(pdf, page.dict.get('Annots')), fieldRef]
  const { name, dict } = catalogWith({ pdf, catalog: catalog.dict, fieldRef, fileRef })
  return [
    { ref: page.ref, dict: withMember(page.dict, 'Annots', annotations) },
    { ref: catalog.ref, dict },
    { ref: fieldRef, dict: fieldDict({ name, page, rect, numbers }) },
    { ref: refOf(numbers.appearance), ...appearanceStream(appearance, page, numbers) },
    { ref: fileRef, dict: fileSpecification(input, numbers) },
    { ref: refOf(numbers.file), ...fileStream(input.attachment) },
    ...samplesStreams(appearance.samples, numbers),
  ]
}

/** The members of the signature dictionary besides `ByteRange` and `Contents`. */
export function signatureMembers(input: WholeSealUpdateInput): PdfDict {
  const { signedAt, signerName, reason, location, writer } = input
  const writtenBy = dictOf({ Name: nameOf(WRITER.name), [WRITER.version]: writer })
  return dictOf({
    Type: nameOf('Sig'),
    Filter: nameOf('Adobe.PPKLite'),
    SubFilter: nameOf(SUB_FILTER),
    [WRITER.properties]: dictOf({ [WRITER.part]: writtenBy }),
    M: dateString(signedAt),
    Name: textString(signerName),
    Reason: textString(reason),
    Location: location === undefined ? undefined : textString(location),
  })
}

function fieldDict(options: {
  readonly name: PdfString
  readonly page: PdfPage
  readonly rect: PdfRect
  readonly numbers: UpdateNumbers
}): PdfDict {
  const { name, page, rect, numbers } = options
  return dictOf({
    Type: nameOf('Annot'),
    Subtype: nameOf('Widget'),
    FT: nameOf('Sig'),
    T: name,
    V: refOf(numbers.signature),
    P: page.ref,
    Rect: [rect.left, rect.bottom, rect.right, rect.top],
    F: ANNOTATION_FLAGS,
    MK: page.rotate === 0 ? undefined : dictOf({ R: page.rotate }),
    AP: dictOf({ N: refOf(numbers.appearance) }),
  })
}

function appearanceStream(
  appearance: SealAppearance,
  page: PdfPage,
  numbers: UpdateNumbers,
): Pick<UpdateObject, 'dict' | 'bytes'> {
  const { width, height, content, samples } = appearance
  const pictures = dictOf({ [SAMPLES_NAME]: refOf(numbers.samples) })
  const ink = dictOf({ [INK_NAME]: dictOf({ BM: nameOf('Multiply') }) })
  const dict = dictOf({
    Type: nameOf('XObject'),
    Subtype: nameOf('Form'),
    BBox: [0, 0, width, height],
    Matrix: UPRIGHT[page.rotate],
    Resources: dictOf({
      ExtGState: ink,
      ...(samples === undefined ? {} : { XObject: pictures }),
    }),
    Length: content.length,
  })
  return { dict, bytes: content }
}

function samplesStreams(
  samples: SealSamples | undefined,
  numbers: UpdateNumbers,
): readonly UpdateObject[] {
  if (samples === undefined) return []
  const { columns, rows, rgb, alpha } = samples
  const image = (colours: string, length: number): Readonly<Record<string, PdfValue>> => ({
    Type: nameOf('XObject'),
    Subtype: nameOf('Image'),
    Width: columns,
    Height: rows,
    ColorSpace: nameOf(colours),
    BitsPerComponent: 8,
    Length: length,
  })
  const SMask = refOf(numbers.softMask)
  return [
    {
      ref: refOf(numbers.samples),
      dict: dictOf({ ...image('DeviceRGB', rgb.length), SMask }),
      bytes: rgb,
    },
    { ref: SMask, dict: dictOf(image('DeviceGray', alpha.length)), bytes: alpha },
  ]
}

function fileSpecification({ attachmentName }: SealUpdateInput, numbers: UpdateNumbers): PdfDict {
  const name = textString(attachmentName)
  const file = refOf(numbers.file)
  return dictOf({
    Type: nameOf('Filespec'),
    F: name,
    UF: name,
    AFRelationship: nameOf('Supplement'),
    EF: dictOf({ F: file, UF: file }),
  })
}

function fileStream(bytes: Uint8Array): Pick<UpdateObject, 'dict' | 'bytes'> {
  const dict = dictOf({
    Type: nameOf('EmbeddedFile'),
    Subtype: nameOf(SEAL_MEDIA_TYPE),
    Params: dictOf({ Size: bytes.length }),
    Length: bytes.length,
  })
  return { dict, bytes }
}

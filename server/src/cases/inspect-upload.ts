/** Looks at a file that was laid in; its kind is known by how it begins. Hostile input is read here, in a process of its own. */
import { Fault } from '@onetrip/codec'
import { hasUnsafeContent, openPdf, pageCount } from '@onetrip/seal'
import { isWholeJpeg, isWholePng } from './image-shape.ts'
import { MAX_UPLOAD_PAGES, type UploadFinding, type UploadType } from './upload-limits.ts'

/** What is found of a file of a kind. */
export async function inspectUpload(
  bytes: Uint8Array,
  mediaType: UploadType,
): Promise<UploadFinding> {
  if (mediaType === 'application/pdf') return inspectPdf(bytes)
  const isWhole = mediaType === 'image/png' ? await isWholePng(bytes) : isWholeJpeg(bytes)
  return isWhole ? 'clean' : 'unreadable'
}

function inspectPdf(bytes: Uint8Array): UploadFinding {
  try {
    const pdf = openPdf(bytes)
    if (hasUnsafeContent(pdf)) return 'active-content'
    const pages = pageCount(pdf)
    return pages > 0 && pages <= MAX_UPLOAD_PAGES ? 'clean' : 'unreadable'
  } catch (error) {
    if (error instanceof Fault) return 'unreadable'
    throw error
  }
}

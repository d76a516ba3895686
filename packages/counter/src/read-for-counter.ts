/** Reads files as the counter takes them: pictures, PDF, texts, credentials as bytes. */

import { type FileOptions, type FileReading, readContent } from '@onetrip/ui'
import { readPdf } from '@onetrip/ui/pdf'
import { isLicenceCode } from './licence-code.ts'

/** Reads a text or a file; a licence code goes before any other code in it. */
export function readForCounter(
  content: Blob | string,
  options: Pick<FileOptions, 'onPage' | 'signal'>,
): Promise<FileReading> {
  return readContent(content, { ...options, isOurs: isLicenceCode, readPdf })
}

/** ARCHITECTURE §11: the licence code that a PDF carries as a file. */
import { fault, utf8Decode } from '@onetrip/codec'
import { CODE_FILE_NAME } from '@onetrip/credential'
import { attachedFiles, type Pdf } from '@onetrip/seal'

/** A PDF carries one code, or none, as a file of text: else `document/licence-code`. */
export const licenceCode = {
  id: 'licence-code',
  clause: 'ARCHITECTURE §11',
  read(file: Pdf): string | undefined {
    const [code, ...more] = attachedFiles(file, CODE_FILE_NAME)
    if (more.length > 0) throw fault('document/licence-code')
    return code === undefined ? undefined : utf8Decode(code)
  },
} as const

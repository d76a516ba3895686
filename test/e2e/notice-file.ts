/** A PDF that somebody at an office wants a seal on. */
import { handwrittenPdf } from '@onetrip/fixtures'

/** As a file that is chosen. */
export const NOTICE: {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
} = {
  name: '食品安全告知书.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from(handwrittenPdf(['BT /F 20 Tf 100 700 Td (notice) Tj ET'])),
}

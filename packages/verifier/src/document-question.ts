/** What a caller brings with a sealed file, every choice made. */
import type { SealedPdf } from '@onetrip/seal'
import type { DocumentOptions } from './options.ts'
import type { Subject, TrustSubject } from './rule.ts'
import { speaksFor } from './speaks-for.ts'

/** The question on a file; no other jurisdiction and no licence type has a say in it. */
export interface DocumentQuestion
  extends TrustSubject,
    Pick<Subject, 'accept' | 'mode' | 'policy' | 'office' | 'speaksFor'> {
  readonly mode: 'document'
  readonly readText: DocumentOptions['readText']
}

/** The question on a PDF that could be read. */
export interface PdfQuestion extends DocumentQuestion {
  readonly sealedPdf: SealedPdf
}

/** Makes every choice that the options leave open. */
export function documentQuestion(options: DocumentOptions): DocumentQuestion {
  const { trust, now, accept, policy, environment } = options
  const speaker = speaksFor(options)
  return {
    trust,
    issuerTrust: trust,
    recognition: undefined,
    type: undefined,
    now,
    accept: accept ?? [],
    mode: 'document',
    policy: policy ?? {},
    office: speaker.kind === 'office' ? speaker.office.id : options.office,
    speaksFor: speaker,
    environment,
    readText: options.readText,
  }
}

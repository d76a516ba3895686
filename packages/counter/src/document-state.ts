/** The sealed file that is being checked at this counter; forgotten with the page, or when the clerk goes on. */

import { createDocumentSession, type DocumentSession } from '@onetrip/ui/documents'
import { unixNow } from './clock.ts'
import { documentOptions, keepResult } from './counter-state.ts'
import { documentRecord } from './document-record.ts'

/** The session of this counter. */
export const documentSession: DocumentSession = createDocumentSession({
  now: unixNow,
  optionsAt: documentOptions,
  onVerdict: (shown) => keepResult(documentRecord(shown)),
})

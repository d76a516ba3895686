/** What sealed files need, in a chunk of its own: most counters see none for days. */

export { readLoneSeal } from '@onetrip/ui/documents'
export { documentSession } from './document-state.ts'
export { DocumentScreen } from './screens/document.tsx'

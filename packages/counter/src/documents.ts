/** What sealed files need, in a chunk of its own: most counters see none for days. */

export { documentSession } from './document-state.ts'
export { DocumentScreen } from './screens/document.tsx'

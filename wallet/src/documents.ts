/** What sealed files need, as one entry, so that it is one chunk: most wallets never open it. */
export { readLoneSeal } from '@onetrip/ui/documents'
export { documentSession } from './document-state.ts'
export { DocumentScreen } from './screens/document.tsx'

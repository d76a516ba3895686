/** What a verdict needs, in a chunk of its own: the first screen is there before it. */

export { verify } from '@onetrip/verifier'
export { VerdictScreen } from './screens/verdict.tsx'

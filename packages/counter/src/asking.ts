/** What asking for licences needs, in a chunk of its own: only an enrolled counter asks. */

export { takeAnswer } from './ask/ask-acts.ts'
export { AskScreen } from './ask/ask-screen.tsx'

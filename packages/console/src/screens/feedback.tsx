/** What comes back from people: ratings (好差评), of which bad ones are tasks, and reports of licences that somebody did not believe. */

import type { VNode } from 'preact'
import type { Me } from '../session.ts'
import { tf } from '../words-feedback.ts'
import { Ratings } from './ratings.tsx'
import { Reports } from './reports.tsx'

/** The page of ratings and reports; each part by its own right. */
export function FeedbackScreen({ me }: { readonly me: Me }): VNode {
  return (
    <div class="stack" data-testid="feedback-screen">
      <h1>{tf('title')}</h1>
      {me.rights.includes('read-cases') ? <Ratings me={me} /> : null}
      {me.rights.includes('read') ? <Reports me={me} /> : null}
    </div>
  )
}

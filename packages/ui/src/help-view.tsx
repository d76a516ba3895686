/** A face's help: what a verdict means, what is kept where, how to erase it; the same in each face. */

import type { ComponentChildren, VNode } from 'preact'
import { thelp } from './help-messages.ts'
import { SignIcon } from './sign-icon.tsx'
import { TONE_SIGNS, type VerdictTone } from './verdict-words.ts'

/** Something that is kept, where, and for how long. */
export interface KeptThing {
  readonly what: string
  readonly where: string
  readonly until: string
}

/** Properties of {@link HelpView}. */
export interface HelpViewProps {
  readonly kept: readonly KeptThing[]
  /** What this face never keeps or sends; one sentence. */
  readonly notKept: string
  /** The steps to erase what is kept, first step first. */
  readonly erase: readonly ComponentChildren[]
  /** Sections of the face's own, after these. */
  readonly children?: ComponentChildren
}

/** Properties of {@link HelpSection}. */
export interface HelpSectionProps {
  /** Id of the heading, unique on the page. */
  readonly id: string
  readonly title: string
  readonly children: ComponentChildren
}

const TONES: readonly VerdictTone[] = ['valid', 'caution', 'lapsed', 'forged', 'unverifiable']

/** The help page. */
export function HelpView(props: HelpViewProps): VNode {
  return (
    <div class="stack column help" data-testid="help-screen">
      <h1>{thelp('title')}</h1>
      <HelpSection id="help-verdicts" title={thelp('verdicts')}>
        <Tones
          means={(tone) => (
            <>
              <p>{thelp(`${tone}.means`)}</p>
              <p class="hint">{thelp(`${tone}.do`)}</p>
            </>
          )}
        />
        <p>{thelp('limits')}</p>
      </HelpSection>
      <SealedFilesHelp />
      <HelpSection id="help-kept" title={thelp('kept')}>
        <dl class="help-kept">
          {props.kept.map(({ what, where, until }) => (
            <div key={what} class="help-thing">
              <dt>{what}</dt>
              <dd>
                {where}
                <span class="hint"> {until}</span>
              </dd>
            </div>
          ))}
        </dl>
        <p>{props.notKept}</p>
      </HelpSection>
      <HelpSection id="help-erase" title={thelp('erase')}>
        <ol class="help-steps">
          {props.erase.map((step, index) => (
            <li key={index}>{step}</li>
          ))}
        </ol>
        <p class="hint">{thelp('erase-browser')}</p>
      </HelpSection>
      {props.children}
    </div>
  )
}

/** What a sealed file is, and what is to be thought of it. */
function SealedFilesHelp(): VNode {
  return (
    <HelpSection id="help-sealed" title={thelp('sealed')}>
      <p>{thelp('sealed.what')}</p>
      <p>{thelp('sealed.pdf')}</p>
      <p>{thelp('sealed.file')}</p>
      <p>{thelp('sealed.stays')}</p>
      <p>
        <strong>{thelp('sealed.picture')}</strong>
      </p>
      <p>{thelp('sealed.colours')}</p>
      <Tones means={(tone) => <p>{thelp(`sealed.${tone}`)}</p>} />
      <p>{thelp('sealed.limits')}</p>
    </HelpSection>
  )
}

interface TonesProps {
  readonly means: (tone: VerdictTone) => ComponentChildren
}

/** The colours of results, each with its sign and word. */
function Tones({ means }: TonesProps): VNode {
  return (
    <ul class="help-tones">
      {TONES.map((tone) => (
        <li key={tone} class={`help-tone help-tone-${tone}`}>
          <SignIcon sign={TONE_SIGNS[tone]} />
          <div>
            <h3>{thelp(`${tone}.word`)}</h3>
            {means(tone)}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** A section of the help with its heading. */
export function HelpSection({ id, title, children }: HelpSectionProps): VNode {
  return (
    <section class="panel stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

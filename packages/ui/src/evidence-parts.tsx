/** On what a verdict rests, part by part: version, signed time and age of each; for those who ask. */

import type { DataEvidence, Evidence, PartEvidence } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { Data } from './data-text.tsx'
import { formatAge, formatMoment } from './formatters.ts'
import { localised } from './language.ts'
import { Row } from './licence-card.tsx'
import { tv, type VerdictMessage } from './verdict-messages.ts'

/** Properties of {@link EvidenceParts} and {@link RecognitionRow}. */
export interface EvidencePartsProps {
  readonly evidence: Pick<DataEvidence, 'parts'> & Pick<Evidence, 'status' | 'recognition'>
  /** Unix seconds to which ages are counted. */
  readonly now: number
  /** Seconds since it was verified. */
  readonly waited: number
}

const PART_WORDS: Readonly<Record<string, VerdictMessage>> = {
  timestamp: 'part.timestamp',
  snapshot: 'part.snapshot',
  targets: 'part.targets',
  deny: 'part.deny',
}

/** Which jurisdiction issued, and that ours recognises it; nothing for a licence of our own. */
export function RecognitionRow({ evidence }: EvidencePartsProps): VNode | null {
  const { recognition } = evidence
  if (recognition === undefined) return null
  return (
    <Row term={tv('recognition.label')}>
      <span data-testid="evidence-recognition">
        <Data>{tv('recognition.from', { name: localised(recognition.name) })}</Data>
      </span>
    </Row>
  )
}

/** The parts of our trust data, of the status list, and of a recognised jurisdiction's, closed until asked for. */
export function EvidenceParts(props: EvidencePartsProps): VNode {
  const { evidence, now, waited } = props
  const { status, recognition } = evidence
  return (
    <details class="checks" data-testid="evidence-parts">
      <summary>{tv('parts.label')}</summary>
      <dl class="rows">
        <PartRows {...props} parts={evidence.parts} />
        {status === undefined ? null : (
          <Row term={tv('part.status')}>
            {signedText({ signedAt: status.asOf, age: status.ageSeconds + waited, now })}
          </Row>
        )}
      </dl>
      {recognition === undefined ? null : (
        <>
          <h3>
            <Data>{tv('recognition.trust', { name: localised(recognition.name) })}</Data>
          </h3>
          <dl class="rows">
            <PartRows {...props} parts={recognition.parts} />
          </dl>
        </>
      )}
    </details>
  )
}

function PartRows({
  parts,
  now,
  waited,
}: EvidencePartsProps & { readonly parts: readonly PartEvidence[] }): VNode {
  return (
    <>
      {parts.map(({ name, version, signedAt, ageSeconds = 0 }) => {
        const words = PART_WORDS[name]
        return (
          <Row key={name} term={words === undefined ? name : tv(words)}>
            {tv('part.version', { version })}
            {' · '}
            {signedAt === undefined
              ? tv('part.undated')
              : signedText({ signedAt, age: ageSeconds + waited, now })}
          </Row>
        )
      })}
    </>
  )
}

function signedText(of: {
  readonly signedAt: number
  readonly age: number
  readonly now: number
}): string {
  return tv('part.signed', { time: formatMoment(of.signedAt, of.now), age: formatAge(of.age) })
}

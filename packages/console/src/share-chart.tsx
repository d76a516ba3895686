/** Parts of a whole as one bar, with the table that it draws: the table is what is read, aloud and on paper. */

import type { VNode } from 'preact'
import { useId } from 'preact/hooks'

/** Weight of a part; its word says the same. */
export type PartTone = 'best' | 'good' | 'middle' | 'bad' | 'worst'

/** A part of the whole. */
export interface SharePart {
  readonly name: string
  readonly count: number
  readonly tone: PartTone
}

/** Properties of {@link ShareChart}. */
export interface ShareChartProps {
  readonly title: string
  /** The one figure that counts, in large type. */
  readonly figure: string
  /** What the figure is. */
  readonly hint: string
  readonly parts: readonly SharePart[]
  /** Headings of the table. */
  readonly heads: { readonly name: string; readonly count: string; readonly share: string }
  readonly testId: string
}

/** Widths of the drawing; it is stretched to its column. */
const WIDTH = 1000
const HEIGHT = 24
const GAP = 3

/** The chart and its table. */
export function ShareChart(props: ShareChartProps): VNode {
  const { title, figure, hint, parts, heads, testId } = props
  const id = useId()
  const whole = parts.reduce((sum, { count }) => sum + count, 0)
  const shareOf = (count: number): number => (whole === 0 ? 0 : count / whole)
  return (
    <section class="panel stack chart" data-testid={testId}>
      <h2>{title}</h2>
      <p>
        <span class="chart-figure">{figure}</span> <span class="hint">{hint}</span>
      </p>
      <svg
        class="chart-bar"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby={`${id}-title ${id}-description`}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-description`}>
          {parts.map(({ name, count }) => `${name} ${count}`).join(', ')}
        </desc>
        <rect class="chart-ground" width={WIDTH} height={HEIGHT} />
        {placed(parts, shareOf).map(({ name, tone, from, width }) => (
          <rect key={name} class={`chart-${tone}`} x={from} width={width} height={HEIGHT} />
        ))}
      </svg>
      <table class="chart-table">
        <caption class="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{heads.name}</th>
            <th scope="col">{heads.count}</th>
            <th scope="col">{heads.share}</th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ name, count, tone }) => (
            <tr key={name}>
              <th scope="row">
                <svg class="chart-key" viewBox="0 0 10 10" aria-hidden="true">
                  <rect class={`chart-${tone}`} width={10} height={10} />
                </svg>
                {name}
              </th>
              <td>{count}</td>
              <td>{whole === 0 ? '—' : percent(shareOf(count))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A rate in per cent with one decimal; a dash where there is nothing to count. */
export function percent(rate: number | null): string {
  return rate === null ? '—' : `${Math.round(rate * 1000) / 10}%`
}

interface PlacedPart extends SharePart {
  readonly from: number
  readonly width: number
}

function placed(
  parts: readonly SharePart[],
  shareOf: (count: number) => number,
): readonly PlacedPart[] {
  let from = 0
  return parts
    .filter(({ count }) => count > 0)
    .map((part) => {
      const width = shareOf(part.count) * WIDTH
      const place = { ...part, from, width: Math.max(GAP, width - GAP) }
      from += width
      return place
    })
}

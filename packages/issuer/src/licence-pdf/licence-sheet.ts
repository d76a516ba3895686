/** What every format of a licence's file shows, ready to be drawn. */
import type { DisplayText, ShownFact } from '@onetrip/credential'
import type { Shades } from './colours.ts'
import { MM_PER_POINT, type PageContent } from './page-content.ts'
import { addElement, type StructureElement } from './structure.ts'

/** A licence as a sheet shows it. */
export interface LicenceSheet {
  readonly title: DisplayText
  readonly facts: readonly ShownFact[]
  /** Name of the issuing agency, Chinese. */
  readonly agencyName: string
  /** 证照标识. */
  readonly identifier: string
  /** The day of issue in words, Chinese. */
  readonly issuedOn: string
  /** Gives the text of the paper code; asked once, when all else that may have no room has its place. */
  readonly code: () => Promise<string>
  /** Whether 样例 stands across it. */
  readonly isSpecimen: boolean
  /** Draws the pattern. */
  readonly typeCode: string
  readonly shades: Shades
}

/** Starts pages of a format and gives them back in order. */
export type NewPage = (size: { readonly widthMm: number; readonly heightMm: number }) => PageContent

/** Draws a whole file of one format. */
export type DrawLicence = (
  sheet: LicenceSheet,
  options: { readonly newPage: NewPage; readonly root: StructureElement },
) => Promise<void>

/** One line of text that is an element by itself. */
export function drawParagraph(
  page: PageContent,
  parent: StructureElement,
  line: Parameters<PageContent['text']>[0] & { readonly type?: 'H1' | 'P' },
): void {
  page.within(addElement(parent, line.type ?? 'P'), () => page.text(line))
}

/** The size, or a smaller one in which a line is no wider than `width` millimetres. */
export function sizeWithin(
  page: PageContent,
  text: string,
  { most, width }: { readonly most: number; readonly width: number },
): number {
  return Math.min(most, width / MM_PER_POINT / page.font.widthOf(text))
}

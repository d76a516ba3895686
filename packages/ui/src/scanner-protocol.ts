/** What page and scanner worker say to each other; one frame is in flight at a time. */

/**
 * `frame` is one of many and must be quick; `guide` is a frame that also says what is wrong with it;
 * `still` is the only one and gets every try.
 */
export type Effort = 'frame' | 'guide' | 'still'

/** Why a frame could not be read, as far as the picture tells. */
export type ScanHint = 'too-small' | 'too-dark' | 'unclear'

/** Page to worker. The bitmap is transferred and closed by the worker. */
export interface ScanRequest {
  readonly id: number
  readonly bitmap: ImageBitmap
  readonly effort: Effort
}

/** Worker to page: the text of a code, nothing found, or the reader could not start. */
export interface ScanAnswer {
  readonly id: number
  readonly text?: string
  /** Only for `still`: the texts of further codes in the same picture. */
  readonly others?: readonly string[]
  /** Only for `guide`, when no code was read. */
  readonly hint?: ScanHint
  readonly failed?: boolean
}

/** What page and scanner worker say to each other; one frame is in flight at a time. */

/** `frame` is one of many and must be quick; `still` is the only one and gets every try. */
export type Effort = 'frame' | 'still'

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
  readonly failed?: boolean
}

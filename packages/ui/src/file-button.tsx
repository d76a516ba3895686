/** The button that lets a person choose files. */

import type { ComponentChildren, VNode } from 'preact'

/** One file, or more. */
export type ChosenFiles = readonly [File, ...File[]]

/** Properties of {@link FileButton}. */
export interface FileButtonProps {
  /** What may be chosen, as the `accept` attribute says it (HTML §4.10.5.1.17). */
  readonly accept: string
  /** Several at once; one unless said. */
  readonly multiple?: boolean
  readonly onFiles: (files: ChosenFiles) => void
  /** What stands on the button. */
  readonly children: ComponentChildren
  /** Said under the button. */
  readonly hint?: string
  readonly testId: string
}

/** Lets a person choose; the same file may be chosen again. */
export function FileButton(props: FileButtonProps): VNode {
  const { accept, multiple = false, onFiles, children, hint, testId } = props
  return (
    <div class="upload">
      <label class="button upload-button">
        <input
          class="visually-hidden"
          type="file"
          accept={accept}
          multiple={multiple}
          data-testid={testId}
          onChange={(event) => {
            const [file, ...others] = event.currentTarget.files ?? []
            event.currentTarget.value = ''
            if (file !== undefined) onFiles([file, ...others])
          }}
        />
        {children}
      </label>
      {hint === undefined ? null : <p class="hint">{hint}</p>}
    </div>
  )
}

/** The button that lets a person choose a file. */

import type { ComponentChildren, VNode } from 'preact'

/** Properties of {@link FileButton}. */
export interface FileButtonProps {
  /** What may be chosen, as the `accept` attribute says it (HTML §4.10.5.1.17). */
  readonly accept: string
  readonly onFile: (file: File) => void
  /** What stands on the button. */
  readonly children: ComponentChildren
  /** Said under the button. */
  readonly hint?: string
  readonly testId: string
}

/** Lets a person choose one file; the same file may be chosen again. */
export function FileButton({ accept, onFile, children, hint, testId }: FileButtonProps): VNode {
  return (
    <div class="upload">
      <label class="button upload-button">
        <input
          class="visually-hidden"
          type="file"
          accept={accept}
          data-testid={testId}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? []
            event.currentTarget.value = ''
            if (file !== undefined) onFile(file)
          }}
        />
        {children}
      </label>
      {hint === undefined ? null : <p class="hint">{hint}</p>}
    </div>
  )
}

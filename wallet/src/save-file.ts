/** Hands a text to the person as a file. */
const REVOKE_AFTER_MS = 60_000

/** Downloads a text as a file of this name; nothing leaves the device. */
export function saveFile(file: {
  readonly name: string
  readonly mediaType: string
  readonly text: string
}): void {
  const url = URL.createObjectURL(new Blob([file.text], { type: file.mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  link.click()
  // Some browsers read the file only after the click returned.
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS)
}

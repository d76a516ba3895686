/** Gives the person a file made here; nothing goes over the network. */

/** Saves `content` under `name` where the browser puts downloads. */
export function saveFile(file: {
  readonly name: string
  readonly content: string | Uint8Array
  readonly mediaType: string
}): void {
  const address = URL.createObjectURL(
    new Blob([typeof file.content === 'string' ? file.content : new Uint8Array(file.content)], {
      type: file.mediaType,
    }),
  )
  const link = document.createElement('a')
  link.href = address
  link.download = file.name
  link.click()
  // The browser reads the address after the click returns.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** How large a picture is, before anything of it is decoded. */

/** Pixels of a picture by its head alone; 0 when the browser takes it for no picture. */
export async function pixelsOf(picture: Blob): Promise<number> {
  const url = URL.createObjectURL(picture)
  const image = new Image()
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve
      image.onerror = reject
      image.src = url
    })
    return image.naturalWidth * image.naturalHeight
  } catch {
    return 0
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** Takes line ends and tabs off both ends; a space is a symbol of Base45 and stays. */
export function trimLineEnds(text: string): string {
  return text.replace(/^[\r\n\t]+|[\r\n\t]+$/g, '')
}

// The title of a conversation from the first words of its first message.
const MAX_TITLE_CHARS = 60

/** The title of a conversation until a model or the user names it. */
export function shortTitle(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= MAX_TITLE_CHARS) return line
  const cut = line.slice(0, MAX_TITLE_CHARS)
  const space = cut.lastIndexOf(' ')
  // A surrogate pair is not cut in half.
  const words =
    space > MAX_TITLE_CHARS / 2 ? cut.slice(0, space) : cut.replace(/[\uD800-\uDBFF]$/, '')
  return `${words}…`
}

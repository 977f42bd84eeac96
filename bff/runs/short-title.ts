// The title of a conversation until a model or a person names it.
const MAX_TITLE_CHARS = 60

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

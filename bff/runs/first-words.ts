// The title of a conversation until a model or a person names it.
const LONGEST = 60

export function firstWords(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= LONGEST) return line
  const cut = line.slice(0, LONGEST)
  const space = cut.lastIndexOf(' ')
  // A surrogate pair is not cut in half.
  const words = space > LONGEST / 2 ? cut.slice(0, space) : cut.replace(/[\uD800-\uDBFF]$/, '')
  return `${words}…`
}

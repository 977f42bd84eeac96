// How the model is told of a file, and of the pages of a PDF.
export const imageLabel = (name: string) => `Image: ${name}`

export const pdfLabel = (name: string) => `PDF: ${name}`

export const fileLabel = (name: string) => `File: ${name}`

/** `chosen`: the pages that are sent of so many. */
export function fileText(name: string, text: string, chosen?: { pages: string; of: number }) {
  const pages = chosen === undefined ? '' : ` (pages ${chosen.pages} of ${chosen.of})`
  return `${fileLabel(name)}${pages}\n${fenced(text)}`
}

export const pageText = (page: number, text: string) => `[Page ${page}]\n${text}`

/** A fence is longer than any inside. */
export function fenced(text: string): string {
  const longest = text.match(/`{3,}/g)?.reduce((most, { length }) => Math.max(most, length), 2) ?? 2
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`
}

const ONE_LINE = 72

/** JSON made readable, on one line where it fits; a text that is no JSON, or no structure, as it is. */
export function prettyJson(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text
  try {
    const value: unknown = JSON.parse(text)
    const spread = JSON.stringify(value, null, 2)
    const line = spread.replaceAll(/\n\s*/g, ' ')
    return line.length <= ONE_LINE ? line : spread
  } catch {
    return text
  }
}

/** JSON with its structure on separate lines; a text that is no JSON, or no structure, as it is. */
export function prettyJson(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text
  try {
    const value: unknown = JSON.parse(text)
    return JSON.stringify(value, null, 2)
  } catch {
    return text
  }
}

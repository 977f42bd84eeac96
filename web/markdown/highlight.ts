// Colours for code. Loaded when the first code block comes.
import { tokenize } from 'sugar-high/core'
import { languages } from 'sugar-high/lang'

/** A run of text in one colour; null is the colour of the rest. */
export interface HighlightToken {
  text: string
  colour: string | null
}

// By the numbers that the tokenizer gives its kinds; names, signs and spaces stay as they are.
const colours = [null, 'keyword', 'string', 'type', 'property', 'type', null, null, 'comment']

const byName = new Map(
  languages.flatMap((language) =>
    [language.id, language.extension, ...language.aliases].map((name) => [name, language] as const),
  ),
)

/** The strokes of each line; null for a language without colours. */
export function highlight(source: string, language: string): HighlightToken[][] | null {
  const known = byName.get(language.toLowerCase())
  if (known === undefined || known.id === 'plaintext') return null
  if (known.id === 'diff') return source.split('\n').map(paintChange)
  const lines: HighlightToken[][] = [[]]
  for (const [kind, value] of tokenize(source, known.config)) {
    value.split('\n').forEach((text, index) => {
      if (index > 0) lines.push([])
      lines.at(-1)?.push({ text, colour: colours[kind] ?? null })
    })
  }
  return lines.map(joined)
}

function paintChange(text: string): HighlightToken[] {
  if (text.startsWith('+')) return [{ text, colour: 'added' }]
  return [{ text, colour: text.startsWith('-') ? 'removed' : null }]
}

function joined(tokens: HighlightToken[]): HighlightToken[] {
  const result: HighlightToken[] = []
  for (const { text, colour } of tokens) {
    const last = result.at(-1)
    if (last !== undefined && last.colour === colour) last.text += text
    else if (text !== '') result.push({ text, colour })
  }
  return result
}

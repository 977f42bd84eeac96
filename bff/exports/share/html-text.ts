// Text as HTML: escaped, and a long one in pieces, so that none takes long.
import { visibleText } from '#shared/visible-text.ts'

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}

/** A name or a title, with its hidden characters made visible. */
export function nameHtml(name: string): string {
  return escapeHtml(visibleText(name.replaceAll(/\s+/g, ' ').trim()))
}

const MAX_PIECE_CHARS = 16_000

/** Yields a long text in pieces. No piece ends within a character. */
export function* textPieces(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    const end = at + MAX_PIECE_CHARS
    const isWithin = /[\ud800-\udbff]/.test(text[end - 1] ?? '')
    const cut = isWithin ? end - 1 : end
    yield text.slice(at, cut)
    at = cut
  }
}

/** A block that shows the text as it is. */
export function* preformatted(text: string, kind: 'code' | 'plain'): Generator<string> {
  // It may be too wide, and what scrolls is reached by keyboard.
  yield kind === 'code' ? '<pre tabindex="0"><code>' : '<pre class="plain">'
  for (const piece of textPieces(text)) yield escapeHtml(visibleText(piece))
  yield kind === 'code' ? '</code></pre>' : '</pre>'
}

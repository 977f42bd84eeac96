// The formulas of a shared page as MathML, which browsers draw without a script. They are found as in the chat.
import { renderToString } from 'katex'
import type { MarkdownIt } from 'markdown-it'
import { findBackslashed, findDollars } from '#shared/find-formula.ts'
import { isProse, mathStart } from '#shared/formula-lines.ts'
import { t } from '#shared/translate.ts'
import { escapeHtml } from './html-text.ts'

/** A longer text is no handwritten formula. */
const MAX_FORMULA_CHARS = 4_000

export function addFormulas(renderer: MarkdownIt): void {
  renderer.inline.ruler.before('escape', 'formula', (state, isSilent) => {
    const find = state.src.charAt(state.pos) === '$' ? findDollars : findBackslashed
    const found = find(state.src, state.pos, false)
    if (found === null || state.pos + found.length > state.posMax) return false
    if (!isSilent) {
      const token = state.push('formula', 'math', 0)
      token.content = found.formula.tex
      token.block = found.formula.display
    }
    state.pos += found.length
    return true
  })
  renderer.block.ruler.before(
    'fence',
    'formula',
    (state, start, end, isSilent) => {
      const line = (number: number) => state.getLines(number, number + 1, state.blkIndent, false)
      if ((state.sCount[start] ?? 0) - state.blkIndent >= 4) return false
      const opened = mathStart(line(start))
      if (opened === null) return false
      if (isSilent) return true
      const lines = [opened.text]
      let next = start + 1
      for (let isClosed = opened.closed; !isClosed && next < end; next += 1) {
        const text = line(next)
        if (lines.at(-1)?.trim() === '' && isProse(text)) break
        const at = text.indexOf(opened.end)
        isClosed = at !== -1
        lines.push(isClosed ? text.slice(0, at) : text)
      }
      const token = state.push('formula', 'math', 0)
      token.content = lines.join('\n').trim()
      token.block = true
      token.map = [start, next]
      state.line = next
      return true
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  )
  renderer.renderer.rules['formula'] = (tokens, index) => {
    const { content, block } = tokens[index] ?? { content: '', block: false }
    const html = formulaHtml(content, block)
    if (!block) return html
    return `<span class="wide formula" tabindex="0" role="group" aria-label="${t`Formula`}">${html}</span>\n`
  }
}

function formulaHtml(tex: string, displayMode: boolean): string {
  const source = `<code>${escapeHtml(tex)}</code>`
  if (tex.length > MAX_FORMULA_CHARS) return source
  try {
    return renderToString(tex, {
      output: 'mathml',
      displayMode,
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxExpand: 200,
      maxSize: 20,
    })
  } catch {
    return source
  }
}

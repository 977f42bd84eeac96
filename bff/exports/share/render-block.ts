// Renders a block of Markdown as HTML for a page that loads nothing: raw HTML is shown as text, only web and
// mail addresses become links, and so do images. A job of the worker thread, because a hostile block takes
// tens of milliseconds.
import MarkdownIt, { type RendererRule } from 'markdown-it'
import { t } from '#shared/translate.ts'
import { addFormulas } from './formula-rules.ts'
import { escapeHtml, preformatted } from './html-text.ts'

const renderer = new MarkdownIt({ html: false, linkify: true })
renderer.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
renderer.validateLink = (url) => /^(?:https?:\/\/|mailto:)/i.test(url.trim())

addFormulas(renderer)

/** The page has the title as its first heading, and the author of a message as the second. */
renderer.core.ruler.push('headings', ({ tokens }) => {
  for (const token of tokens) {
    if (!token.type.startsWith('heading_')) continue
    token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 2)}`
  }
})

const REL = ['noopener', 'noreferrer', 'nofollow'].join(' ')

Object.assign(renderer.renderer.rules, {
  fence: (tokens, index) => codeBlock(tokens[index]?.content ?? ''),
  code_block: (tokens, index) => codeBlock(tokens[index]?.content ?? ''),
  table_open: () =>
    `<div class="wide" tabindex="0" role="group" aria-label="${t`Table`}"><table>\n`,
  table_close: () => '</table></div>\n',
  link_open: (tokens, index, options, _env, self) => {
    tokens[index]?.attrSet('rel', REL)
    return self.renderToken(tokens, index, options)
  },
  image: (tokens, index, options, env, self) => {
    const token = tokens[index]
    const address = String(token?.attrGet('src') ?? '')
    const alt = self.renderInlineAsText(token?.children ?? [], options, env)
    const label = escapeHtml(t`Image: ${alt === '' ? address : alt}`)
    const before = tokens.slice(0, index).map(({ type }) => type)
    if (before.lastIndexOf('link_open') > before.lastIndexOf('link_close')) return label
    return `<a href="${escapeHtml(address)}" rel="${REL}">${label}</a>`
  },
} satisfies Record<string, RendererRule>)

function codeBlock(text: string): string {
  return [...preformatted(text, 'code')].join('')
}

export function renderBlock(block: string): string {
  return renderer.render(block)
}

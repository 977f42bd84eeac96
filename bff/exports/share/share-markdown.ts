// The Markdown of an answer as HTML for a page that loads nothing: raw HTML is shown as text, only web and
// mail addresses become links, and so do images. A long text is rendered in blocks of bounded size.
import MarkdownIt, { type RendererRule } from 'markdown-it'
import { escapeHtml, preformatted } from './html-text.ts'

/** The time grows faster than the length for hostile texts. */
const MAX_BLOCK_CHARS = 6_000
const MAX_BRACKETS = 300
const MAX_ADDRESSES = 150
const GOOD_BLOCK_CHARS = 3_000
const LINES_PER_STEP = 500

const renderer = new MarkdownIt({ html: false, linkify: true })
renderer.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
renderer.validateLink = (url) => /^(?:https?:\/\/|mailto:)/i.test(url.trim())

/** The page has the title as its first heading, and the author of a message as the second. */
renderer.core.ruler.push('headings', ({ tokens }) => {
  for (const token of tokens) {
    if (!token.type.startsWith('heading_')) continue
    token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 2)}`
  }
})

const REL = 'noopener noreferrer nofollow'

Object.assign(renderer.renderer.rules, {
  fence: (tokens, index) => codeBlock(tokens[index]?.content ?? ''),
  code_block: (tokens, index) => codeBlock(tokens[index]?.content ?? ''),
  table_open: () => '<div class="wide" tabindex="0" role="group" aria-label="Table"><table>\n',
  table_close: () => '</table></div>\n',
  link_open: (tokens, index, options, _env, self) => {
    tokens[index]?.attrSet('rel', REL)
    return self.renderToken(tokens, index, options)
  },
  image: (tokens, index, options, env, self) => {
    const token = tokens[index]
    const address = String(token?.attrGet('src') ?? '')
    const alt = self.renderInlineAsText(token?.children ?? [], options, env)
    const label = escapeHtml(`Image: ${alt === '' ? address : alt}`)
    const before = tokens.slice(0, index).map(({ type }) => type)
    if (before.lastIndexOf('link_open') > before.lastIndexOf('link_close')) return label
    return `<a href="${escapeHtml(address)}" rel="${REL}">${label}</a>`
  },
} satisfies Record<string, RendererRule>)

function codeBlock(text: string): string {
  return [...preformatted(text, 'code')].join('')
}

/** Yields often enough to be interrupted between two pieces, some of which are empty. */
export function* markdownHtml(text: string): Generator<string> {
  if (isCheap(text)) {
    yield renderer.render(text)
    return
  }
  for (const block of blocksOf(text)) {
    if (block === '') yield ''
    else if (isCheap(block)) yield renderer.render(block)
    // Shown as it was written.
    else yield* preformatted(block.trimEnd(), 'plain')
  }
}

function isCheap(block: string): boolean {
  if (block.length > MAX_BLOCK_CHARS) return false
  if ((block.match(/\[/g)?.length ?? 0) > MAX_BRACKETS) return false
  return (block.match(/:\/\//g)?.length ?? 0) <= MAX_ADDRESSES
}

const FENCE = /^ {0,3}(`{3,}|~{3,})([^\n]*)$/
/** What may belong to the block above it. */
const CONTINUES = /^(?:\s|$|>|[-*+]\s|\d{1,9}[.)]\s)/

/** Cuts where a block has surely ended: outside of code, below a blank line. Yields '' while it looks. */
function* blocksOf(text: string): Generator<string> {
  let start = 0
  let fence: string | null = null
  let isBelowBlank = false
  let lines = 0
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf('\n', at)
    const end = newline === -1 ? text.length : newline + 1
    const line = text.slice(at, Math.min(end, at + 200)).trimEnd()
    const isBoundary = fence === null && isBelowBlank && !CONTINUES.test(line)
    if (isBoundary && at - start >= GOOD_BLOCK_CHARS) {
      yield text.slice(start, at)
      start = at
    }
    const [, marks, info = ''] = FENCE.exec(line) ?? []
    if (fence === null) fence = marks ?? null
    else if (marks?.startsWith(fence) && info.trim() === '') fence = null
    isBelowBlank = line.trim() === ''
    at = end
    if ((lines += 1) % LINES_PER_STEP === 0) yield ''
  }
  if (start < text.length) yield text.slice(start)
}
